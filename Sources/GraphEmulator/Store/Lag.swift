/// Writes that reads do not show yet, as the directory's replicas are late (FACTS section 9).
struct Lag {
  /// How long the writes of the call that is being answered stay out of sight.
  var seconds: Int64 = 0

  private var fresh: [Handle: Timestamp] = [:]
  private var stale: [Handle: (object: DirectoryObject, until: Timestamp)] = [:]
  private var freshRows: [UInt64: Timestamp] = [:]
  private var freshLinks: [UInt64: Timestamp] = [:]
  private var leavingRows: [UInt64: (row: AppRoleAssignment, until: Timestamp)] = [:]
  private var leavingLinks: [UInt64: (group: Handle, member: Handle, until: Timestamp)] = [:]

  private var isEmpty: Bool {
    fresh.isEmpty && stale.isEmpty && freshRows.isEmpty && freshLinks.isEmpty
      && leavingRows.isEmpty && leavingLinks.isEmpty
  }

  private static func link(_ group: Handle, _ member: Handle) -> UInt64 {
    UInt64(group) << 32 | UInt64(member)
  }

  // What is hidden.

  func isHidden(_ handle: Handle) -> Bool { fresh[handle] != nil }
  func isHidden(_ row: AppRoleAssignment) -> Bool { freshRows[row.token] != nil }
  func isHidden(_ group: Handle, _ member: Handle) -> Bool {
    freshLinks[Self.link(group, member)] != nil
  }
  /// The object as it was before a change that does not show yet.
  func former(_ handle: Handle) -> DirectoryObject? { stale[handle]?.object }
  func isLeaving(_ row: AppRoleAssignment) -> Bool { leavingRows[row.token] != nil }
  func isLeaving(_ group: Handle, _ member: Handle) -> Bool {
    leavingLinks[Self.link(group, member)] != nil
  }

  // What happens while a call lags.

  mutating func created(_ handle: Handle, _ now: Timestamp) {
    if seconds > 0 { fresh[handle] = now.adding(seconds: seconds) }
  }

  /// Takes note of an object before it changes; the first of several changes counts.
  mutating func willChange(_ handle: Handle, _ object: DirectoryObject, _ now: Timestamp) {
    guard seconds > 0, fresh[handle] == nil, stale[handle] == nil else { return }
    stale[handle] = (object, now.adding(seconds: seconds))
  }

  mutating func created(_ row: AppRoleAssignment, _ now: Timestamp) {
    if seconds > 0 { freshRows[row.token] = now.adding(seconds: seconds) }
  }

  mutating func joined(_ group: Handle, _ member: Handle, _ now: Timestamp) {
    if seconds > 0 { freshLinks[Self.link(group, member)] = now.adding(seconds: seconds) }
  }

  /// Puts a removal off; false where it is to happen at once.
  mutating func defers(_ row: AppRoleAssignment, _ now: Timestamp) -> Bool {
    guard seconds > 0, !isHidden(row) else { return false }
    leavingRows[row.token] = (row, now.adding(seconds: seconds))
    return true
  }

  mutating func defers(_ group: Handle, _ member: Handle, _ now: Timestamp) -> Bool {
    guard seconds > 0, !isHidden(group, member) else { return false }
    leavingLinks[Self.link(group, member)] = (group, member, now.adding(seconds: seconds))
    return true
  }

  /// Takes back a removal that was put off; false where none was.
  mutating func revives(_ row: AppRoleAssignment) -> Bool {
    leavingRows.removeValue(forKey: row.token) != nil
  }

  mutating func revives(_ group: Handle, _ member: Handle) -> Bool {
    leavingLinks.removeValue(forKey: Self.link(group, member)) != nil
  }

  /// Shows what has come of age, and carries out the removals that were put off until now.
  mutating func settle(in tenant: Tenant) {
    guard !isEmpty else { return }
    let now = tenant.now
    fresh = fresh.filter { $0.value > now }
    stale = stale.filter { $0.value.until > now }
    freshRows = freshRows.filter { $0.value > now }
    freshLinks = freshLinks.filter { $0.value > now }
    for (key, leaving) in leavingRows where leaving.until <= now {
      leavingRows[key] = nil
      tenant.assignments.remove(leaving.row)
    }
    for (key, leaving) in leavingLinks where leaving.until <= now {
      leavingLinks[key] = nil
      tenant.members.remove(leaving.group, leaving.member)
    }
  }
}
