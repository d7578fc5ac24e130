internal import Access
internal import HTTP

/// The requests by which a tenant is changed (FACTS sections 1 to 5).
struct WriteRequest: Sendable {
  let endpoints: GraphEndpoints

  /// The message that asks for a change, under the identifier of the write.
  func message(_ write: TenantWrite) -> GraphMessage {
    let change = write.change
    let request = request(change)
    return GraphMessage(
      method: request.method,
      path: request.path,
      body: request.body,
      operation: change.operation,
      requestID: write.requestID,
      // Writes give way to whatever people are doing, except those that an incident may wait for.
      priority: change.isContainment ? .normal : .low
    )
  }

  private typealias Request = (method: HTTPMethod, path: String, body: CanonicalJSON?)

  private func request(_ change: TenantWrite.Change) -> Request {
    switch change {
    case .invite(let address, let name, let settings, let sponsors):
      var invitation = Self.invitation(address, settings)
      if let name { invitation["invitedUserDisplayName"] = .string(name) }
      if !sponsors.isEmpty { invitation["invitedUserSponsors"] = .array(sponsors.map(Self.user)) }
      return (.post, "/invitations", .object(invitation))
    case .resend(_, let address, let settings):
      return (.post, "/invitations", .object(Self.invitation(address, settings)))
    case .resetRedemption(let user, let address, let settings):
      var invitation = Self.invitation(address, settings)
      invitation["resetRedemption"] = .bool(true)
      invitation["invitedUser"] = .object(["id": .string("\(user)")])
      return (.post, "/invitations", .object(invitation))
    case .block(let user): return (.patch, "/users/\(user)", Self.enabled(false))
    case .unblock(let user): return (.patch, "/users/\(user)", Self.enabled(true))
    case .revokeSessions(let user): return (.post, "/users/\(user)/revokeSignInSessions", nil)
    case .restore(let user): return (.post, "/directory/deletedItems/\(user)/restore", nil)
    case .delete(let user): return (.delete, "/users/\(user)", nil)
    case .changeMail(let user, let address):
      return (.patch, "/users/\(user)", .object(["mail": .string(address)]))
    case .addSponsor(let user, let sponsor):
      return (.post, "/users/\(user)/sponsors/$ref", reference("users", "\(sponsor)"))
    case .removeSponsor(let user, let sponsor):
      return (.delete, "/users/\(user)/sponsors/\(sponsor)/$ref", nil)
    case .assign(let user, let app, let role):
      let body: [String: CanonicalJSON] = [
        "principalId": .string("\(user)"), "resourceId": .string("\(app)"),
        "appRoleId": .string("\(role)"),
      ]
      return (.post, "/servicePrincipals/\(app)/appRoleAssignedTo", .object(body))
    case .unassign(_, let app, let assignment):
      let id = ODataText.formEncoded(assignment)
      return (.delete, "/servicePrincipals/\(app)/appRoleAssignedTo/\(id)", nil)
    case .join(let user, let group):
      return (.post, "/groups/\(group)/members/$ref", reference("directoryObjects", "\(user)"))
    case .leave(let user, let group):
      return (.delete, "/groups/\(group)/members/\(user)/$ref", nil)
    case .requestPackage(let user, let package, let policy):
      let assignment: [String: CanonicalJSON] = [
        "targetId": .string("\(user)"), "assignmentPolicyId": .string("\(policy)"),
        "accessPackageId": .string("\(package)"),
      ]
      return packageRequest("adminAdd", assignment)
    case .removePackage(_, let assignment):
      return packageRequest("adminRemove", ["id": .string("\(assignment)")])
    }
  }

  private func packageRequest(_ type: String, _ assignment: [String: CanonicalJSON]) -> Request {
    let body: [String: CanonicalJSON] = [
      "requestType": .string(type), "assignment": .object(assignment),
    ]
    return (
      .post, "/identityGovernance/entitlementManagement/assignmentRequests", .object(body)
    )
  }

  private func reference(_ set: String, _ id: String) -> CanonicalJSON {
    .object(["@odata.id": .string("\(endpoints.graph.origin)/v1.0/\(set)/\(id)")])
  }

  private static func invitation(
    _ address: String,
    _ settings: InvitationSettings
  ) -> [String: CanonicalJSON] {
    var message: [String: CanonicalJSON] = [:]
    if let language = settings.language { message["messageLanguage"] = .string(language) }
    if let cc = settings.cc {
      let recipient = CanonicalJSON.object([
        "emailAddress": .object(["address": .string(cc.normalised)])
      ])
      message["ccRecipients"] = .array([recipient])
    }
    var invitation: [String: CanonicalJSON] = [
      "invitedUserEmailAddress": .string(address),
      "inviteRedirectUrl": .string(settings.redirect),
      "sendInvitationMessage": .bool(settings.send),
    ]
    if !message.isEmpty { invitation["invitedUserMessageInfo"] = .object(message) }
    return invitation
  }

  private static func user(_ id: UserID) -> CanonicalJSON {
    .object(["@odata.type": .string("#microsoft.graph.user"), "id": .string("\(id)")])
  }

  private static func enabled(_ isEnabled: Bool) -> CanonicalJSON {
    .object(["accountEnabled": .bool(isEnabled)])
  }

  /// The body that replaces an account's further addresses.
  static func otherMails(_ addresses: [String]) -> CanonicalJSON {
    .object(["otherMails": .array(addresses.map { .string($0) })])
  }
}
