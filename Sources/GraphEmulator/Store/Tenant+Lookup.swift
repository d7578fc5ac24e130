extension Tenant {
  /// Returns an object as an item of a reply to its own creation, also while reads do not show it.
  func created(_ handle: Handle) -> Candidate? {
    objects[Int(handle)].map {
      Candidate(cursor: UInt64(handle) + 1, record: $0.record, kind: $0.kind, handle: handle)
    }
  }

  /// Finds a user that is there by identifier, user principal name or address.
  func user(named name: String) -> Handle? {
    if let id = ObjectID(name) { return live(id, .user) }
    let found =
      find(.user, "userPrincipalName", name) + find(.user, "mail", name)
      + find(.user, "otherMails", name)
    return found.first { isLive($0) }
  }
}
