/// Invitations of guests (FACTS section 1).
enum Invitations {
  static let operations = [
    Operation(
      "POST /invitations",
      "User.Invite.All | User.ReadWrite.All | Directory.ReadWrite.All"
    ) { call, tenant in
      let body = try call.readBody()
      // What only the service writes is ignored here, as the service does.
      _ = try body.values(of: GraphTypes.known("invitation"), refusesReadOnly: false)
      let wanted = try Request(body)
      let guest =
        wanted.resetsRedemption
        ? try reset(wanted, call, &tenant) : try invite(wanted, body, call, &tenant)
      return Reply(201, answer(wanted, guest, call, &tenant))
    }
  ]

  /// FACTS section 1.1: the most that answer for one guest.
  static let sponsorLimit = 5

  /// What a reset asks for beside (FACTS section 1.2).
  static let resetting: AcceptedPermissions = "User.ReadWrite.All"

  /// The invitation of a guest, redeemed or not.
  struct Sent: Sendable {
    let id: ObjectID
    let address: String
  }

  /// What the body of an invitation asks for, its form checked.
  struct Request {
    let address: String
    let redirectURL: String
    let displayName: String?
    let userType: String
    let sendsMessage: Bool
    let resetsRedemption: Bool
    let userID: ObjectID?
    let language: String?
    let customBody: String?
    let cc: [String]

    /// - Throws: 400 as the failure matrix of FACTS section 1.4 lists.
    init(_ body: RequestBody) throws {
      func required(_ name: String) throws -> String {
        guard let text = body.text(name), !text.allSatisfy(\.isWhitespace) else {
          throw GraphFailure.badRequest(
            "The value of \(name) in the invitation request is missing or blank."
          )
        }
        return text
      }
      address = try required("invitedUserEmailAddress")
      redirectURL = try required("inviteRedirectUrl")
      guard Invitations.isAcceptable(address) else {
        throw GraphFailure.badRequest("The invited user email address is invalid.")
      }
      guard redirectURL.hasPrefix("https://") || redirectURL.hasPrefix("http://") else {
        throw GraphFailure.badRequest("The invite redirect url is not a valid url.")
      }
      displayName = body.text("invitedUserDisplayName")
      userType = body.text("invitedUserType") ?? "Guest"
      guard ["Guest", "Member"].contains(userType) else {
        throw GraphFailure.invalidValue("invitedUserType")
      }
      sendsMessage = body["sendInvitationMessage"]?.bool ?? false
      resetsRedemption = body["resetRedemption"]?.bool ?? false
      userID = body["invitedUser"]?["id"]?.string.flatMap { ObjectID($0) }
      let info = body["invitedUserMessageInfo"]
      language = info?["messageLanguage"]?.string
      customBody = info?["customizedMessageBody"]?.string
      cc = (info?["ccRecipients"]?.array ?? []).compactMap {
        $0["emailAddress"]?["address"]?.string
      }
      guard cc.count <= 1 else {
        throw GraphFailure.badRequest("Only one additional recipient is supported in ccRecipients.")
      }
    }
  }

  /// FACTS section 1.1: the characters that are refused before the `@`.
  private static let refused = Set(#"~!#$%^&*()+=[]{}\/|;:"<>?,"#)

  static func isAcceptable(_ address: String) -> Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].first, let last = parts[0].last else {
      return false
    }
    let domain = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return !".-".contains(first) && !".-".contains(last)
      && !address.contains { $0.isWhitespace || refused.contains($0) }
      && domain.count > 1
      && domain.allSatisfy { !$0.isEmpty && $0.first != "-" && $0.last != "-" }
      && address.utf8.count <= 320
  }

  private static func invite(
    _ wanted: Request,
    _ body: RequestBody,
    _ call: Call,
    _ tenant: inout Tenant
  ) throws -> DirectoryObject {
    try tenant.requireInvitable(wanted.address)
    let sponsors = try sponsors(body, tenant)
    let guest: DirectoryObject
    if let known = try tenant.invitedBefore(wanted.address) {
      guest = known
    } else {
      try tenant.requireRoom()
      guest = tenant.insertGuest(
        wanted.address,
        displayName: wanted.displayName,
        userType: wanted.userType
      )
      tenant.audit(call, "Add user", .user, "Add", [guest.id])
    }
    for sponsor in sponsors { tenant.sponsors.insert(guest.id, sponsor) }
    tenant.audit(call, "Invite external user", .user, "Add", [guest.id])
    return guest
  }

  private static func sponsors(_ body: RequestBody, _ tenant: Tenant) throws -> [ObjectID] {
    let bound = (body["invitedUserSponsors@odata.bind"]?.array ?? []).map(\.string)
    let listed = (body["invitedUserSponsors"]?.array ?? []).map {
      $0["id"]?.string ?? $0["@odata.id"]?.string
    }
    guard bound.count + listed.count <= sponsorLimit else { throw GraphFailure.tooManySponsors }
    return try (bound + listed).map { url in
      let sponsor = try tenant.referenced(url)
      guard [.user, .group].contains(sponsor.kind) else {
        throw GraphFailure.invalidReference("invitedUserSponsors")
      }
      return sponsor.id
    }
  }

  /// FACTS section 1.5: the account stays, the way to sign in to it starts over.
  private static func reset(
    _ wanted: Request,
    _ call: Call,
    _ tenant: inout Tenant
  ) throws -> DirectoryObject {
    guard resetting.admit(call.caller.permissions) else { throw GraphFailure.denied }
    guard let id = wanted.userID else {
      throw GraphFailure.badRequest(
        "The invitedUser relationship is required when resetRedemption is true."
      )
    }
    guard let guest = tenant.live(id, .user) else { throw GraphFailure.notFound(id) }
    try tenant.requireUnprivileged(guest)
    let known = [guest.text("mail")].compactMap { $0 } + guest.texts("otherMails")
    guard known.contains(where: { $0.lowercased() == wanted.address.lowercased() }) else {
      throw GraphFailure.badRequest(
        "The invited user email address must be the mail or one of the other mails of the user."
      )
    }
    tenant.update(
      id,
      [
        "externalUserState": "PendingAcceptance",
        "externalUserStateChangeDateTime": tenant.moment,
        "identities": [tenant.hostIdentity(guest.text("userPrincipalName") ?? "")],
      ]
    )
    tenant.audit(call, "Reset redemption", .user, "Update", [id])
    return tenant.objects[id] ?? guest
  }

  /// Notes the invitation, mails it where that is asked for, and words the reply.
  private static func answer(
    _ wanted: Request,
    _ guest: DirectoryObject,
    _ call: Call,
    _ tenant: inout Tenant
  ) -> JSONValue {
    let ticket = tenant.generator.objectID()
    let invitation = Sent(id: tenant.generator.objectID(), address: wanted.address)
    let url =
      "https://login.microsoftonline.com/redeem?rd=https%3a%2f%2finvitations.microsoft.com%2fredeem"
      + "%2f%3ftenant%3d\(tenant.id)%26user%3d\(guest.id)%26ticket%3d\(ticket)%26ver%3d2.0"
    tenant.invitations[guest.id] = invitation
    if wanted.sendsMessage {
      tenant.outbox.append(
        OutboxMail(
          sentAt: tenant.now,
          to: wanted.address,
          cc: wanted.cc,
          language: wanted.customBody == nil ? wanted.language ?? "en-US" : "en-US",
          redeemURL: url,
          userID: guest.id
        )
      )
    }
    let recipients = wanted.cc.isEmpty ? [nil] : wanted.cc.map { Optional($0) }
    let isAccepted = guest.text("externalUserState") == "Accepted"
    return [
      "@odata.context": .string(call.metadata + "invitations/$entity"),
      "id": .string(invitation.id.text), "inviteRedeemUrl": .string(url),
      "invitedUserDisplayName": .text(wanted.displayName),
      "invitedUserType": .string(wanted.userType),
      "invitedUserEmailAddress": .string(wanted.address),
      "sendInvitationMessage": .bool(wanted.sendsMessage),
      "resetRedemption": .bool(wanted.resetsRedemption),
      "inviteRedirectUrl": .string(wanted.redirectURL),
      "status": isAccepted ? "Completed" : "PendingAcceptance",
      "invitedUserMessageInfo": [
        "messageLanguage": .text(wanted.language),
        "ccRecipients": .array(
          recipients.map { ["emailAddress": ["name": .null, "address": .text($0)]] }
        ),
        "customizedMessageBody": .text(wanted.customBody),
      ],
      "invitedUser": [
        "id": .string(guest.id.text), "userPrincipalName": .text(guest.text("userPrincipalName")),
      ],
    ]
  }
}

extension GraphFailure {
  static let tooManySponsors = Self.badRequest(
    "The number of sponsors exceeds the maximum of \(Invitations.sponsorLimit)."
  )
}

extension Tenant {
  /// - Throws: 400 or 403 where the tenant invites nobody, or nobody of this address.
  fileprivate func requireInvitable(_ address: String) throws {
    let policy = sets[.authorizationPolicy]?["authorizationPolicy"]
    guard policy?["allowInvitesFrom"] != "none" else {
      throw GraphFailure(
        403,
        "Forbidden",
        "Guest invitations not allowed for your company. Contact your company administrator for "
          + "more details."
      )
    }
    let domain = address.split(separator: "@").last.map { $0.lowercased() } ?? ""
    guard !verifiedDomains.contains(domain) else {
      throw GraphFailure.badRequest(
        "This user cannot be invited because the domain of the user's email address is a verified "
          + "domain of this directory."
      )
    }
    try restrictions.requireWelcome(domain)
  }
}

extension Invitations {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type invitation < entity
      inviteRedeemUrl:s?! inviteRedirectUrl:s invitedUser:user?> invitedUserDisplayName:s?
      invitedUserEmailAddress:s invitedUserMessageInfo:invitedUserMessageInfo?
      invitedUserSponsors:*directoryObject> invitedUserType:s? resetRedemption:b?
      sendInvitationMessage:b? status:s?
    type invitedUserMessageInfo
      ccRecipients:*recipient customizedMessageBody:s? messageLanguage:s?
    type recipient
      emailAddress:emailAddress?
    type emailAddress
      address:s? name:s?
    """
}
