/// Everything that the emulated tenant holds; not safe to share, so the server keeps it behind a lock.
final class Tenant {
  let id: ObjectID
  let clock: EmulatorClock
  var generator: SeededGenerator

  var objects: [DirectoryObject?] = []
  var handles: [ObjectID: Handle] = [:]
  /// The handles of each kind, ascending; purged ones are swept now and then.
  var lists: [[Handle]] = ObjectKind.allCases.map { _ in [] }
  var purged: [Int] = ObjectKind.allCases.map { _ in 0 }
  var deleted: Set<Handle> = []
  var index = HandleIndex()

  var assignments = AssignmentTable()
  /// Groups and their members.
  var members = Relation()
  /// Objects and the users or service principals that own them.
  var owners = Relation()
  /// Guests and the users or groups that answer for them.
  var sponsors = Relation()
  /// Directory roles and who holds them.
  var roleMembers = Relation()

  var sets: [EntitySet.Name: EntitySet] = [:]
  /// What each access package gives, by its identifier.
  var packageResources: [String: [PackageResource]] = [:]
  /// Requests for access packages that are under way.
  var openRequests: Set<String> = []
  /// How long an access package takes to be delivered.
  var deliverySeconds: Int64 = 0
  var outbox: [OutboxMail] = []
  var invitations: [Handle: InvitationState] = [:]
  var restrictions: TenantRestrictions
  /// Counts every change; delta queries remember where they were.
  var version: UInt64 = 0
  var lag = Lag()
  var changeLog = ChangeLog()
  /// Numbers the entries of the audit log.
  var auditCount = 0
  /// False while a scenario is loaded: what was always there is no change.
  var logsChanges = false
  var counts = RequestCounts()
  /// Properties that a scenario gave and Graph v1.0 does not have: left out.
  var notes: Set<String> = []

  init(
    id: ObjectID,
    clock: EmulatorClock,
    seed: UInt64,
    restrictions: TenantRestrictions
  ) {
    self.id = id
    self.restrictions = restrictions
    self.clock = clock
    generator = SeededGenerator(seed: seed)
  }

  var now: Timestamp { clock.now }

  /// Users that are not deleted.
  var userCount: Int { lists[Int(ObjectKind.user.rawValue)].count - purged[0] - deleted.count }
}
