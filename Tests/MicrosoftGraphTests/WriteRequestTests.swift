internal import Access
internal import HTTP
@testable internal import MicrosoftGraph
internal import TestSupport
internal import Testing

/// The one request that each change is, byte by byte.
struct WriteRequestTests {
  private static let user: UserID = Rig.id(1)
  private static let group: GroupID = Rig.id(2)
  private static let app: ServicePrincipalID = Rig.id(3)
  private static let role: AppRoleID = Rig.id(4)
  private static let settings = InvitationSettings(
    redirect: "https://myapps.microsoft.com",
    send: true,
    language: "sv-SE",
    cc: EmailAddress(normalised: "cc@contoso.example")
  )

  @Test(arguments: [
    Row(
      .invite(address: "Ana@f.example", name: "Ana", settings, sponsors: [user]),
      "POST /invitations",
      #"{"inviteRedirectUrl":"https://myapps.microsoft.com","invitedUserDisplayName":"Ana","invitedUserEmailAddress":"Ana@f.example","invitedUserMessageInfo":{"ccRecipients":[{"emailAddress":{"address":"cc@contoso.example"}}],"messageLanguage":"sv-SE"},"#
        + ##""invitedUserSponsors":[{"@odata.type":"#microsoft.graph.user","id":"00000000-0000-000a-0000-000000000001"}],"sendInvitationMessage":true}"##
    ),
    Row(
      .resend(user, address: "a@f.example", InvitationSettings(redirect: "https://x", send: false)),
      "POST /invitations",
      #"{"inviteRedirectUrl":"https://x","invitedUserEmailAddress":"a@f.example","sendInvitationMessage":false}"#
    ),
    Row(
      .resetRedemption(user, address: "a@f.example", InvitationSettings(redirect: "https://x")),
      "POST /invitations",
      #"{"inviteRedirectUrl":"https://x","invitedUser":{"id":"00000000-0000-000a-0000-000000000001"},"invitedUserEmailAddress":"a@f.example","resetRedemption":true,"sendInvitationMessage":true}"#
    ),
    Row(.block(user), "PATCH /users/\(user)", #"{"accountEnabled":false}"#),
    Row(.unblock(user), "PATCH /users/\(user)", #"{"accountEnabled":true}"#),
    Row(.revokeSessions(user), "POST /users/\(user)/revokeSignInSessions", ""),
    Row(.restore(user), "POST /directory/deletedItems/\(user)/restore", ""),
    Row(.delete(user), "DELETE /users/\(user)", ""),
    Row(
      .addSponsor(user, sponsor: user),
      "POST /users/\(user)/sponsors/$ref",
      "{\"@odata.id\":\"http://127.0.0.1:9/v1.0/users/\(user)\"}"
    ),
    Row(
      .removeSponsor(user, sponsor: user),
      "DELETE /users/\(user)/sponsors/\(user)/$ref",
      ""
    ),
    Row(
      .assign(user, app, role),
      "POST /servicePrincipals/\(app)/appRoleAssignedTo",
      "{\"appRoleId\":\"\(role)\",\"principalId\":\"\(user)\",\"resourceId\":\"\(app)\"}"
    ),
    Row(
      .unassign(user, app, assignment: "a/b-_"),
      "DELETE /servicePrincipals/\(app)/appRoleAssignedTo/a%2Fb-_",
      ""
    ),
    Row(
      .join(user, group),
      "POST /groups/\(group)/members/$ref",
      "{\"@odata.id\":\"http://127.0.0.1:9/v1.0/directoryObjects/\(user)\"}"
    ),
    Row(.leave(user, group), "DELETE /groups/\(group)/members/\(user)/$ref", ""),
    Row(
      .requestPackage(user, Rig.id(5), Rig.id(6)),
      "POST /identityGovernance/entitlementManagement/assignmentRequests",
      "{\"assignment\":{\"accessPackageId\":\"\(Rig.id(5) as AccessPackageID)\",\"assignmentPolicyId\":\"\(Rig.id(6) as AssignmentPolicyID)\",\"targetId\":\"\(user)\"},\"requestType\":\"adminAdd\"}"
    ),
    Row(
      .removePackage(user, Rig.id(7)),
      "POST /identityGovernance/entitlementManagement/assignmentRequests",
      "{\"assignment\":{\"id\":\"\(Rig.id(7) as PackageAssignmentID)\"},\"requestType\":\"adminRemove\"}"
    ),
  ])
  func `each change is one documented request`(row: Row) async throws {
    let rig = try Rig { message in
      message.path == "/invitations" ? .reply(201, Self.invited) : .reply(204)
    }
    let results = await rig.writer.perform([
      TenantWrite(requestID: GUID(high: 0, low: 77), change: row.change)
    ])
    let message = try #require(rig.graph.messages.first)
    #expect("\(message.method) \(message.path)" == row.request)
    #expect(message.body == row.body)
    #expect(message.fields["client-request-id"] == "\(GUID(high: 0, low: 77))")
    #expect(rig.graph.trips.last?.survivesCancellation == true)
    #expect(try results.first?.get().effect == .changed)
    let isUrgent = message.fields["x-ms-throttle-priority"] == "Normal"
    #expect(isUrgent == row.change.isContainment)
  }

  private static let invited = "{\"invitedUser\":{\"id\":\"\(user)\"}}"

  struct Row: Sendable {
    var change: TenantWrite.Change
    var request: String
    var body: String

    init(_ change: TenantWrite.Change, _ request: String, _ body: String) {
      self.change = change
      self.request = request
      self.body = body
    }
  }
}
