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
      body: request.body.map { GraphMessage.Body($0) },
      operation: change.kind.operation,
      requestID: write.requestID,
      // Writes give way to whatever people are doing, except those that an incident may wait for.
      priority: change.isContainment ? .normal : .low,
      model: change.kind.isInvitation ? GraphInvitation.self : AnyJSON.self
    )
  }

  private typealias Request = (method: HTTPMethod, path: String, body: (any Encodable & Sendable)?)

  private func request(_ change: TenantWrite.Change) -> Request {
    switch change {
    case .invite(let address, let name, let settings, let sponsors):
      var invitation = Invitation(address, settings)
      invitation.invitedUserDisplayName = name
      if !sponsors.isEmpty {
        invitation.invitedUserSponsors = sponsors.map { Sponsor(id: "\($0)") }
      }
      return (.post, "/invitations", invitation)
    case .resend(_, let address, let settings):
      return (.post, "/invitations", Invitation(address, settings))
    case .resetRedemption(let user, let address, let settings):
      var invitation = Invitation(address, settings)
      invitation.resetRedemption = true
      invitation.invitedUser = ["id": "\(user)"]
      return (.post, "/invitations", invitation)
    case .block(let user): return (.patch, "/users/\(user)", ["accountEnabled": false])
    case .unblock(let user): return (.patch, "/users/\(user)", ["accountEnabled": true])
    case .revokeSessions(let user): return (.post, "/users/\(user)/revokeSignInSessions", nil)
    case .restore(let user): return (.post, "/directory/deletedItems/\(user)/restore", nil)
    case .delete(let user): return (.delete, "/users/\(user)", nil)
    case .changeMail(let user, let address):
      return (.patch, "/users/\(user)", ["mail": address])
    case .addSponsor(let user, let sponsor):
      return (.post, "/users/\(user)/sponsors/$ref", reference("users", "\(sponsor)"))
    case .removeSponsor(let user, let sponsor):
      return (.delete, "/users/\(user)/sponsors/\(sponsor)/$ref", nil)
    case .assign(let user, let app, let role):
      let body = ["principalId": "\(user)", "resourceId": "\(app)", "appRoleId": "\(role)"]
      return (.post, "/servicePrincipals/\(app)/appRoleAssignedTo", body)
    case .unassign(_, let app, let assignment):
      let id = URLText.formEncoded(assignment)
      return (.delete, "/servicePrincipals/\(app)/appRoleAssignedTo/\(id)", nil)
    case .join(let user, let group):
      return (.post, "/groups/\(group)/members/$ref", reference("directoryObjects", "\(user)"))
    case .leave(let user, let group):
      return (.delete, "/groups/\(group)/members/\(user)/$ref", nil)
    case .requestPackage(let user, let package, let policy):
      return packageRequest(
        "adminAdd",
        [
          "targetId": "\(user)", "assignmentPolicyId": "\(policy)",
          "accessPackageId": "\(package)",
        ]
      )
    case .removePackage(_, let assignment):
      return packageRequest("adminRemove", ["id": "\(assignment)"])
    }
  }

  private func packageRequest(_ type: String, _ assignment: [String: String]) -> Request {
    (
      .post, "/identityGovernance/entitlementManagement/assignmentRequests",
      PackageRequest(requestType: type, assignment: assignment)
    )
  }

  private func reference(_ set: String, _ id: String) -> [String: String] {
    ["@odata.id": "\(endpoints.graph.origin)/v1.0/\(set)/\(id)"]
  }

  /// The body that replaces an account's further addresses.
  static func otherMails(_ addresses: [String]) -> [String: [String]] { ["otherMails": addresses] }

  private struct PackageRequest: Encodable {
    var requestType: String
    var assignment: [String: String]
  }

  private struct Invitation: Encodable {
    var invitedUserEmailAddress: String
    var inviteRedirectUrl: String
    var sendInvitationMessage: Bool
    var invitedUserDisplayName: String?
    var invitedUserSponsors: [Sponsor]?
    var invitedUserMessageInfo: MessageInfo?
    var invitedUser: [String: String]?
    var resetRedemption: Bool?

    init(_ address: String, _ settings: InvitationSettings) {
      invitedUserEmailAddress = address
      inviteRedirectUrl = settings.redirect
      sendInvitationMessage = settings.send
      guard settings.language != nil || settings.cc != nil else { return }
      invitedUserMessageInfo = MessageInfo(
        messageLanguage: settings.language,
        ccRecipients: settings.cc.map { [["emailAddress": ["address": $0.normalised]]] }
      )
    }
  }

  private struct MessageInfo: Encodable {
    var messageLanguage: String?
    var ccRecipients: [[String: [String: String]]]?
  }

  private struct Sponsor: Encodable {
    var id: String
    var type = "#microsoft.graph.user"

    enum CodingKeys: String, CodingKey {
      case id
      case type = "@odata.type"
    }
  }
}
