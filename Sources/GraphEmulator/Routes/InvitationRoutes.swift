/// Invitations of guests (FACTS section 1).
enum InvitationRoutes {
  static func register(in table: inout RouteTable) {
    table.on("POST /invitations") { context, tenant throws(GraphFailure) in
      let members = try context.members()
      var reader = BodyReader(type: GraphTypes.known("invitation"))
      // What only the service writes is ignored here, as the service does.
      reader.refusesReadOnly = false
      _ = try reader.read(members)
      let wanted = try InvitationRequest(members)
      let outcome =
        wanted.resetsRedemption
        ? try reset(wanted, context, tenant) : try invite(wanted, context, tenant)
      return Reply(201, body(wanted, outcome, context, tenant))
    }
  }

  private struct Outcome {
    let guest: Handle
    let status: String
    let redeemURL: String
  }

  private static func invite(
    _ wanted: InvitationRequest,
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Outcome {
    try tenant.requireInvitationsAllowed(context.caller)
    try tenant.requireInvitable(wanted.address)
    let sponsors = try tenant.sponsors(wanted.sponsors)
    let guest: Handle
    if let known = try tenant.invitedBefore(wanted.address) {
      guest = known
    } else {
      try tenant.requireRoom()
      guest = tenant.insertGuest(wanted)
      tenant.audit(context, "Add user", "UserManagement", "Add", [guest])
    }
    for sponsor in sponsors { tenant.sponsors.insert(guest, sponsor) }
    tenant.audit(context, "Invite external user", "UserManagement", "Add", [guest])
    let isAccepted = tenant.text(guest, "externalUserState") == "Accepted"
    return finish(wanted, guest, isAccepted ? "Completed" : "PendingAcceptance", tenant)
  }

  /// FACTS section 1.5: the account stays, the way to sign in to it starts over.
  private static func reset(
    _ wanted: InvitationRequest,
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Outcome {
    guard OperationPermissions.resetRedemption.admit(context.caller.permissions) else {
      throw .denied
    }
    guard let id = wanted.userID else {
      throw .badRequest("The invitedUser relationship is required when resetRedemption is true.")
    }
    guard let guest = tenant.live(id, .user) else { throw .notFound(id) }
    try UserRoutes.requireUnprivileged(guest, context, tenant)
    let known = [tenant.text(guest, "mail")].compactMap { $0 } + tenant.texts(guest, "otherMails")
    guard known.contains(where: { $0.lowercased() == wanted.address.lowercased() }) else {
      throw .badRequest(
        "The invited user email address must be the mail or one of the other mails of the user."
      )
    }
    tenant.resetRedemption(of: guest)
    tenant.audit(context, "Reset redemption", "UserManagement", "Update", [guest])
    return finish(wanted, guest, "PendingAcceptance", tenant)
  }

  private static func finish(
    _ wanted: InvitationRequest,
    _ guest: Handle,
    _ status: String,
    _ tenant: Tenant
  ) -> Outcome {
    let ticket = tenant.generator.objectID()
    let id = tenant.object(guest)?.id ?? .zero
    let url =
      "https://login.microsoftonline.com/redeem?rd=https%3a%2f%2finvitations.microsoft.com%2fredeem"
      + "%2f%3ftenant%3d\(tenant.id)%26user%3d\(id)%26ticket%3d\(ticket)%26ver%3d2.0"
    tenant.invitations[guest] = InvitationState(
      id: tenant.generator.objectID(),
      ticket: ticket,
      address: wanted.address,
      redirectURL: wanted.redirectURL
    )
    if wanted.sendsMessage {
      tenant.outbox.append(
        OutboxMail(
          sentAt: tenant.now,
          to: wanted.address,
          cc: wanted.cc,
          language: wanted.customBody == nil ? wanted.language ?? "en-US" : "en-US",
          // FACTS section 1.4: dropped when an application invites.
          body: nil,
          redeemURL: url,
          userID: id
        )
      )
    }
    return Outcome(guest: guest, status: status, redeemURL: url)
  }

  private static func body(
    _ wanted: InvitationRequest,
    _ outcome: Outcome,
    _ context: RequestContext,
    _ tenant: Tenant
  ) -> JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    let recipients: [JSONValue] =
      wanted.cc.isEmpty
      ? [["emailAddress": ["name": .null, "address": .null]]]
      : wanted.cc.map { ["emailAddress": ["name": .null, "address": .string($0)]] }
    return [
      "@odata.context": .string(context.metadata + "invitations/$entity"),
      "id": .string(tenant.invitations[outcome.guest]?.id.text ?? ""),
      "inviteRedeemUrl": .string(outcome.redeemURL),
      "invitedUserDisplayName": text(wanted.displayName),
      "invitedUserType": .string(wanted.userType),
      "invitedUserEmailAddress": .string(wanted.address),
      "sendInvitationMessage": .bool(wanted.sendsMessage),
      "resetRedemption": .bool(wanted.resetsRedemption),
      "inviteRedirectUrl": .string(wanted.redirectURL),
      "status": .string(outcome.status),
      "invitedUserMessageInfo": [
        "messageLanguage": text(wanted.language),
        "ccRecipients": .array(recipients),
        "customizedMessageBody": text(wanted.customBody),
      ],
      "invitedUser": [
        "id": .string(tenant.object(outcome.guest)?.id.text ?? ""),
        "userPrincipalName": text(tenant.text(outcome.guest, "userPrincipalName")),
      ],
    ]
  }
}
