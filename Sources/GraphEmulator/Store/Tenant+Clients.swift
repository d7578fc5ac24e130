extension Tenant {
  /// Gives an application that may sign in its service principal, where the scenario has none.
  func insertServicePrincipal(of client: RegisteredClient) {
    guard servicePrincipal(client.clientID, client.objectID) == nil,
      let id = ObjectID(client.objectID), handles[id] == nil
    else { return }
    let members = ScenarioDefaults(tenant: self).complete(
      .servicePrincipal,
      [
        .init("appId", .string(client.clientID)), .init("displayName", .string(client.displayName)),
        .init("tags", []),
      ]
    )
    insert(.servicePrincipal, id: id, members.map { ($0.name, $0.value) })
  }

  /// - Throws: 401 where the service principal of the caller is gone or disabled (FACTS section 8).
  func requireIdentity(_ caller: Caller) throws(GraphFailure) {
    guard let handle = servicePrincipal(caller.appID, caller.objectID) else {
      throw .init(
        401,
        "Authorization_IdentityNotFound",
        "The identity of the calling application could not be established."
      )
    }
    guard value(handle, "accountEnabled")?.bool ?? true else {
      throw .init(
        401,
        "Authorization_IdentityDisabled",
        "The identity of the calling application is disabled."
      )
    }
  }

  /// The application's service principal, also one that lag hides from reads.
  private func servicePrincipal(_ appID: String, _ objectID: String) -> Handle? {
    let named = ObjectID(objectID).flatMap { handles[$0] }
    let found = (named.map { [$0] } ?? []) + find(.servicePrincipal, "appId", appID)
    return found.first { handle in
      guard let object = object(handle), object.deletedAt == nil else { return false }
      return object.kind == .servicePrincipal
    }
  }
}
