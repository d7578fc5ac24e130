/// Everything that the emulated tenant holds, as one value: a copy is a snapshot.
struct Tenant: Sendable {
  let id: ObjectID
  let clock: EmulatorClock
  var generator: SeededGenerator
  var restrictions: TenantRestrictions

  /// The directory's objects, soft-deleted ones included.
  private(set) var objects: [ObjectID: DirectoryObject] = [:]
  /// The objects of each kind, in the order in which they were created.
  private(set) var order: [ObjectKind: [Place]] = [:]
  private(set) var deleted: Set<ObjectID> = []
  /// Objects by kind, property and folded text.
  private var index: [ObjectKind: [String: [String: [ObjectID]]]] = [:]
  private(set) var nextNumber: UInt64 = 1

  var assignments = AssignmentTable()
  /// Groups and their members.
  var members = Relation()
  /// Objects and the users or service principals that own them.
  var owners = Relation()
  /// Guests and the users or groups that answer for them.
  var sponsors = Relation()
  /// Users and the one whom they report to.
  var managers = Relation()
  /// Directory roles and who holds them.
  var roleMembers = Relation()

  var sets: [EntitySet.Name: EntitySet] = [:]
  /// Requests for access packages that are under way.
  var openRequests: Set<String> = []
  /// How long an access package takes to be delivered.
  var deliverySeconds: Int64 = 0
  var outbox: [OutboxMail] = []
  var invitations: [ObjectID: Invitations.Sent] = [:]
  var changes = ChangeTable()
  /// From this number on, objects are too fresh to be found (FACTS section 1.6).
  var unseenFrom = UInt64.max
  var audits: [AuditLogs.Entry] = []
  /// Properties that a scenario gave and Graph v1.0 does not have: omitted.
  var notes: Set<String> = []

  init(
    id: ObjectID,
    clock: EmulatorClock,
    seed: UInt64,
    restrictions: TenantRestrictions = TenantRestrictions()
  ) {
    self.id = id
    self.clock = clock
    self.restrictions = restrictions
    generator = SeededGenerator(seed: seed)
  }

  var now: Timestamp { clock.now }
  var moment: JSONValue { .string(now.text) }

  /// Users that are not deleted.
  var userCount: Int { (order[.user]?.count ?? 0) - deleted.count }

  /// Finds an object that is there and not soft-deleted.
  func live(_ id: ObjectID?) -> DirectoryObject? {
    guard let id, let object = objects[id], object.deletedAt == nil, object.number < unseenFrom
    else { return nil }
    return object
  }

  func live(_ id: ObjectID?, _ kind: ObjectKind) -> DirectoryObject? {
    live(id).flatMap { $0.kind == kind ? $0 : nil }
  }

  /// The objects of a kind whose property has this text, deleted ones included.
  func find(_ kind: ObjectKind, _ property: String, _ text: String) -> [DirectoryObject] {
    (index[kind]?[property]?[text.lowercased()] ?? []).compactMap { objects[$0] }
  }

  /// Puts an object in; its identifier becomes its `id` property, and null is omitted.
  @discardableResult
  mutating func insert(
    _ kind: ObjectKind,
    id: ObjectID? = nil,
    _ properties: [String: JSONValue]
  ) -> DirectoryObject {
    let id = id ?? generator.objectID()
    var properties = properties.filter { !$0.value.isNull }
    properties["id"] = .string(id.text)
    let object = DirectoryObject(id: id, kind: kind, number: nextNumber, properties: properties)
    objects[id] = object
    order[kind, default: []].append(Place(number: nextNumber, id: id))
    nextNumber += 1
    for name in kind.traits.indexed { enter(id, kind, name, properties[name]) }
    changes.note(object, .created, now)
    return object
  }

  /// Replaces properties of an object; null removes one.
  mutating func update(_ id: ObjectID, _ values: [String: JSONValue]) {
    guard let object = objects[id], !values.isEmpty else { return }
    let indexed = object.kind.traits.indexed
    for (name, value) in values where indexed.contains(name) {
      leave(id, object.kind, name, object.properties[name])
      enter(id, object.kind, name, value)
    }
    objects[id]?.properties = object.properties.merging(values) { _, new in new }
      .filter { !$0.value.isNull }
    changes.note(object, .updated(Array(values.keys)), now)
  }

  /// Deletes an object: softly, where its kind can be restored.
  mutating func delete(_ id: ObjectID, at moment: Timestamp? = nil) {
    guard let object = objects[id], object.deletedAt == nil else { return }
    guard object.kind.traits.isRestorable else { return purge(id) }
    let moment = moment ?? now
    objects[id]?.deletedAt = moment
    deleted.insert(id)
    update(id, ["deletedDateTime": .string(moment.text)])
    changes.note(object, .deleted, now)
  }

  /// Brings a soft-deleted object back, with everything that hung on it.
  mutating func restore(_ id: ObjectID) {
    guard let object = objects[id], deleted.remove(id) != nil else { return }
    objects[id]?.deletedAt = nil
    update(id, ["deletedDateTime": .null])
    changes.note(object, .created, now)
  }

  /// Removes an object for good.
  mutating func purge(_ id: ObjectID) {
    guard let object = objects.removeValue(forKey: id) else { return }
    for name in object.kind.traits.indexed { leave(id, object.kind, name, object.properties[name]) }
    assignments.removeAll(of: id)
    members.removeAll(of: id)
    owners.removeAll(of: id)
    sponsors.removeAll(of: id)
    managers.removeAll(of: id)
    roleMembers.removeAll(of: id)
    invitations[id] = nil
    deleted.remove(id)
    order[object.kind]?.remove(object.number)
    changes.note(object, .purged, now)
  }

  /// How long a soft-deleted object can be restored (FACTS section 2.4).
  private static let restorableSeconds: Int64 = 30 * 86_400

  /// Purges what was deleted so long ago that it can no longer be restored.
  mutating func purgeExpired() {
    for id in deleted {
      guard let deletedAt = objects[id]?.deletedAt else { continue }
      if deletedAt.adding(seconds: Self.restorableSeconds) <= now { purge(id) }
    }
  }

  private mutating func enter(
    _ id: ObjectID,
    _ kind: ObjectKind,
    _ property: String,
    _ value: JSONValue?
  ) {
    for text in DirectoryObject.indexed(value) {
      index[kind, default: [:]][property, default: [:]][text, default: []].append(id)
    }
  }

  private mutating func leave(
    _ id: ObjectID,
    _ kind: ObjectKind,
    _ property: String,
    _ value: JSONValue?
  ) {
    for text in DirectoryObject.indexed(value) {
      index[kind]?[property]?[text]?.removeAll { $0 == id }
      if index[kind]?[property]?[text]?.isEmpty == true { index[kind]?[property]?[text] = nil }
    }
  }
}

extension Tenant {
  /// Whether an object of the kind, deleted ones included, has this text in a unique property.
  func holds(
    _ kind: ObjectKind,
    _ property: String,
    _ text: String,
    but other: ObjectID? = nil
  ) -> Bool {
    find(kind, property, text).contains { $0.id != other && $0.has(property, text) }
  }

  /// Finds a user that is there by identifier, user principal name or address.
  func user(named name: String) -> DirectoryObject? {
    if let id = ObjectID(name) { return live(id, .user) }
    let found = ["userPrincipalName", "mail", "otherMails"].flatMap { find(.user, $0, name) }
    return found.first { $0.deletedAt == nil }
  }

  /// Everything that holds an address as its mail or as a proxy address.
  func addressHolders(_ address: String) -> [DirectoryObject] {
    let kinds: [ObjectKind] = [.user, .group, .contact]
    let found = kinds.flatMap {
      find($0, "mail", address) + find($0, "proxyAddresses", "smtp:" + address)
    }
    var seen: Set<ObjectID> = []
    return found.filter { seen.insert($0.id).inserted }.sorted { $0.number < $1.number }
  }

  /// The groups that an object belongs to, directly or through other groups.
  func transitiveGroups(of member: ObjectID) -> [ObjectID] {
    reach(from: member) { members.lefts(of: $0) }
  }

  /// Everything that belongs to a group, directly or through other groups.
  func transitiveMembers(of group: ObjectID) -> [ObjectID] {
    reach(from: group) { objects[$0]?.kind == .group ? members.rights(of: $0) : [] }
  }

  /// Walks along pairs without looking at anything twice, so that circles end.
  private func reach(from start: ObjectID, _ next: (ObjectID) -> [ObjectID]) -> [ObjectID] {
    var seen: Set<ObjectID> = [start]
    var found: [ObjectID] = []
    var waiting = [start]
    while let current = waiting.popLast() {
      for id in next(current) where live(id) != nil && seen.insert(id).inserted {
        found.append(id)
        waiting.append(id)
      }
    }
    return found
  }

  /// A security identifier as Entra derives them for its own accounts.
  mutating func securityIdentifier() -> JSONValue {
    let parts = (0..<4).map { _ in String(UInt32(truncatingIfNeeded: generator.next())) }
    return .string("S-1-12-1-" + parts.joined(separator: "-"))
  }

  /// - Throws: 401 where the service principal of the caller is gone or disabled (FACTS section 8).
  func requireIdentity(_ caller: Caller) throws {
    let named = ObjectID(caller.objectID).flatMap { objects[$0] }
    let candidates = (named.map { [$0] } ?? []) + find(.servicePrincipal, "appId", caller.appID)
    let own = candidates.first { $0.kind == .servicePrincipal && $0.deletedAt == nil }
    guard let own else {
      throw GraphFailure(
        401,
        "Authorization_IdentityNotFound",
        "The identity of the calling application could not be established."
      )
    }
    guard own.properties["accountEnabled"]?.bool ?? true else {
      throw GraphFailure(
        401,
        "Authorization_IdentityDisabled",
        "The identity of the calling application is disabled."
      )
    }
  }

  /// - Throws: 403 where one more directory object is one too many.
  func requireRoom() throws {
    guard let quota = restrictions.objectQuota, objects.count >= quota else { return }
    throw GraphFailure(
      403,
      "Directory_QuotaExceeded",
      "The directory object quota limit for the Tenant has been exceeded."
    )
  }
}
