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
