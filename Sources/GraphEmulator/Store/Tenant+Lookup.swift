extension Tenant {
  /// Finds a user that is there by identifier, user principal name or address.
  func user(named name: String) -> Handle? {
    if let id = ObjectID(name) { return live(id, .user) }
    let found =
      find(.user, "userPrincipalName", name) + find(.user, "mail", name)
      + find(.user, "otherMails", name)
    return found.first { isLive($0) }
  }
}
