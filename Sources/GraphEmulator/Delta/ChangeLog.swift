/// What happened to objects and memberships lately, for delta queries.
struct ChangeLog: Sendable {
  struct Change: Sendable {
    let version: UInt64
    let at: Timestamp
    let handle: Handle
    let id: ObjectID
    let kind: ObjectKind
    let event: Event
    let properties: PropertyMask
  }

  enum Event: Sendable {
    case created, updated, deleted, restored, purged
  }

  struct MemberChange: Sendable {
    let version: UInt64
    let at: Timestamp
    let group: Handle
    let member: ObjectID
    let kind: ObjectKind
    let isAdded: Bool
  }

  private(set) var changes: [Change] = []
  private(set) var memberChanges: [MemberChange] = []
  /// Before this version nothing is known any more.
  private(set) var floor: UInt64 = 0
  private var pruneAt = 10_000

  /// FACTS section 2.3: how long a token of directory objects lives.
  static let lifetimeSeconds: Int64 = 7 * 86_400
  private static let limit = 400_000

  mutating func append(_ change: Change) {
    changes.append(change)
    pruneIfNeeded(now: change.at)
  }

  mutating func append(_ change: MemberChange) {
    memberChanges.append(change)
    pruneIfNeeded(now: change.at)
  }

  /// The changes after a version.
  func changes(after version: UInt64) -> ArraySlice<Change> {
    changes[changes.partitioningIndex { $0.version > version }...]
  }

  func memberChanges(after version: UInt64) -> ArraySlice<MemberChange> {
    memberChanges[memberChanges.partitioningIndex { $0.version > version }...]
  }

  /// Forgets what no living token can ask for, so that memory does not grow with the requests.
  private mutating func pruneIfNeeded(now: Timestamp) {
    guard changes.count + memberChanges.count > pruneAt else { return }
    let oldest = now.adding(seconds: -Self.lifetimeSeconds)
    var dropped = changes.partitioningIndex { $0.at >= oldest }
    var droppedMembers = memberChanges.partitioningIndex { $0.at >= oldest }
    let excess = changes.count + memberChanges.count - dropped - droppedMembers - Self.limit
    if excess > 0 {
      dropped = min(changes.count, dropped + excess)
      let version = dropped > 0 ? changes[dropped - 1].version : 0
      droppedMembers = max(
        droppedMembers,
        memberChanges.partitioningIndex { $0.version > version }
      )
    }
    let last = max(
      dropped > 0 ? changes[dropped - 1].version : 0,
      droppedMembers > 0 ? memberChanges[droppedMembers - 1].version : 0
    )
    floor = max(floor, last)
    changes.removeFirst(dropped)
    memberChanges.removeFirst(droppedMembers)
    pruneAt = max(10_000, (changes.count + memberChanges.count) * 5 / 4)
  }
}
