// What becomes of a guest between invitation and redemption.
extension Tenant {
  /// The guest that holds an address from an earlier invitation; nil where nobody does.
  ///
  /// - Throws: 400 with the holder's identifier where somebody else holds it (FACTS section 1.3);
  ///   a contact does not get in the way.
  func invitedBefore(_ address: String) throws -> DirectoryObject? {
    let identities = find(.user, "identities", address)
    for holder in addressHolders(address) + identities where holder.kind != .contact {
      if holder.deletedAt == nil, holder.kind == .user,
        holder.properties["creationType"] == "Invitation"
      {
        return holder
      }
      throw GraphFailure.badRequest(
        "The invited user already exists in the directory as object ID: \(holder.id). They can use "
          + "that account to sign in to shared apps and resources."
      )
    }
    return nil
  }

  /// Creates the account of an invited guest (FACTS section 2.1).
  mutating func insertGuest(
    _ address: String,
    displayName: String? = nil,
    userType: String = "Guest"
  ) -> DirectoryObject {
    let local = address.replacing("@", with: "_")
    var name = "\(local)#EXT#@\(initialDomain)"
    var number = 0
    while holds(.user, "userPrincipalName", name) {
      number += 1
      name = "\(local)\(number)#EXT#@\(initialDomain)"
    }
    let isHeldByContact = !addressHolders(address).isEmpty
    return insert(
      .user,
      [
        "accountEnabled": true, "createdDateTime": moment, "creationType": "Invitation",
        "displayName": .string(displayName ?? String(address.prefix { $0 != "@" })),
        "externalUserState": "PendingAcceptance", "externalUserStateChangeDateTime": moment,
        "mail": .string(address), "mailNickname": .string(String(name.prefix { $0 != "@" })),
        "otherMails": [.string(address)],
        "proxyAddresses": isHeldByContact ? [] : [.string("SMTP:\(address)")],
        "securityIdentifier": securityIdentifier(), "signInSessionsValidFromDateTime": moment,
        "userPrincipalName": .string(name), "userType": .string(userType),
        "identities": [hostIdentity(name)],
      ]
    )
  }

  /// Redeems a guest's invitation, which only a person can do.
  ///
  /// - Returns: false where the account waits for nobody.
  mutating func redeem(_ guest: DirectoryObject, issuer: String) -> Bool {
    guard guest.text("externalUserState") == "PendingAcceptance" else { return false }
    let address = invitations[guest.id]?.address ?? guest.text("mail") ?? ""
    update(
      guest.id,
      [
        "externalUserState": "Accepted", "externalUserStateChangeDateTime": moment,
        "identities": [
          Self.outsideIdentity(issuer, address),
          hostIdentity(guest.text("userPrincipalName") ?? ""),
        ],
      ]
    )
    return true
  }

  /// The identity of an account at the tenant itself.
  func hostIdentity(_ name: String) -> JSONValue {
    [
      "signInType": "userPrincipalName", "issuer": .string(initialDomain),
      "issuerAssignedId": .string(name),
    ]
  }

  /// The identity of an account somewhere else, once its invitation is redeemed.
  static func outsideIdentity(_ issuer: String, _ address: String) -> JSONValue {
    [
      "signInType": "federated", "issuer": .string(issuer), "issuerAssignedId": .string(address),
    ]
  }
}

extension DirectoryObject {
  /// FACTS section 2.1: `SMTP:` marks the primary address; a former one stays with `smtp:`.
  func proxyAddresses(first mail: String) -> JSONValue {
    let others = texts("proxyAddresses").filter { $0.lowercased() != "smtp:" + mail.lowercased() }
    let secondary = others.map {
      $0.hasPrefix("SMTP:") ? "smtp:" + $0.dropFirst("SMTP:".count) : $0
    }
    return .array((["SMTP:\(mail)"] + secondary).map { .string($0) })
  }
}

/// A mail that Entra would have sent.
struct OutboxMail: Sendable {
  let sentAt: Timestamp
  let to: String
  let cc: [String]
  let language: String
  let redeemURL: String
  let userID: ObjectID

  var json: JSONValue {
    [
      "sentDateTime": .string(sentAt.text),
      "to": .string(to),
      "cc": .array(cc.map { .string($0) }),
      "messageLanguage": .string(language),
      // FACTS section 1.4: the inviter's own words are dropped when an application invites.
      "customizedMessageBody": .null,
      "inviteRedeemUrl": .string(redeemURL),
      "userId": .string(userID.text),
    ]
  }
}
