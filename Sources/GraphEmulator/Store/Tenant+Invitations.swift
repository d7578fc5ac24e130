extension Tenant {
  /// - Throws: 403 where the tenant's policy keeps applications from inviting.
  func requireInvitationsAllowed(_ caller: Caller) throws(GraphFailure) {
    guard policy("allowInvitesFrom")?.string != "none" else {
      throw .init(
        403,
        "Forbidden",
        "Guest invitations not allowed for your company. Contact your company administrator for "
          + "more details."
      )
    }
  }

  /// A property of the authorization policy.
  private func policy(_ name: String) -> JSONValue? {
    guard let set = sets[.authorizationPolicy], let entity = set.after(0).first,
      let number = set.type.number(of: name), let json = entity.record[number]
    else { return nil }
    return try? JSONParser.parse(Array(json))
  }

  /// - Throws: 400 for an address of the tenant's own domains, and as `requireWelcome`.
  func requireInvitable(_ address: String) throws(GraphFailure) {
    let domain = address.split(separator: "@").last.map { $0.lowercased() } ?? ""
    guard !verifiedDomains.contains(domain) else {
      throw .badRequest(
        "This user cannot be invited because the domain of the user's email address is a verified "
          + "domain of this directory."
      )
    }
    try requireWelcome(domain)
  }

  func sponsors(_ ids: [ObjectID]) throws(GraphFailure) -> [Handle] {
    var found: [Handle] = []
    for id in ids {
      guard let handle = live(id) else { throw .notFound(id) }
      guard kind(of: handle) == .user || kind(of: handle) == .group else {
        throw .badRequest("The reference target 'invitedUserSponsors' is invalid.")
      }
      found.append(handle)
    }
    return found
  }

  /// The guest that holds an address from an earlier invitation; nil where nobody does.
  ///
  /// - Throws: 400 with the holder's identifier where somebody else holds it (FACTS section 1.3);
  ///   a contact does not stand in the way.
  func invitedBefore(_ address: String) throws(GraphFailure) -> Handle? {
    let identities = find(.user, "identities", address)
    for holder in addressHolders(address) + identities where kind(of: holder) != .contact {
      guard let object = object(holder) else { continue }
      let isGuest = object.kind == .user && text(holder, "creationType") == "Invitation"
      if object.deletedAt == nil, isGuest { return holder }
      throw .badRequest(
        "The invited user already exists in the directory as object ID: \(object.id). They can use "
          + "that account to sign in to shared apps and resources."
      )
    }
    return nil
  }

  /// Creates the account of an invited guest (FACTS section 2.1).
  func insertGuest(_ wanted: InvitationRequest) -> Handle {
    let local = wanted.address.replacing("@", with: "_")
    var name = "\(local)#EXT#@\(initialDomain)"
    var number = 0
    while holds(.user, "userPrincipalName", name) {
      number += 1
      name = "\(local)\(number)#EXT#@\(initialDomain)"
    }
    let isHeldByContact = !addressHolders(wanted.address).isEmpty
    let moment = JSONValue.string(now.text)
    let nickname = String(name.prefix { $0 != "@" })
    let display = wanted.displayName ?? String(wanted.address.prefix { $0 != "@" })
    return insert(
      .user,
      id: generator.objectID(),
      [
        ("accountEnabled", true), ("createdDateTime", moment), ("creationType", "Invitation"),
        ("displayName", .string(display)), ("externalUserState", "PendingAcceptance"),
        ("externalUserStateChangeDateTime", moment), ("mail", .string(wanted.address)),
        ("mailNickname", .string(nickname)), ("otherMails", [.string(wanted.address)]),
        ("proxyAddresses", isHeldByContact ? [] : [.string("SMTP:\(wanted.address)")]),
        ("securityIdentifier", .string(securityIdentifier())),
        ("signInSessionsValidFromDateTime", moment), ("userPrincipalName", .string(name)),
        ("userType", .string(wanted.userType)), ("identities", [hostIdentity(name)]),
      ]
    )
  }

  /// The identity of an account that is not redeemed: of the tenant itself.
  private func hostIdentity(_ name: String) -> JSONValue {
    [
      "signInType": "userPrincipalName", "issuer": .string(initialDomain),
      "issuerAssignedId": .string(name),
    ]
  }

  func resetRedemption(of guest: Handle) {
    update(
      guest,
      [
        ("externalUserState", "PendingAcceptance"),
        ("externalUserStateChangeDateTime", .string(now.text)),
        ("identities", [hostIdentity(text(guest, "userPrincipalName") ?? "")]),
      ]
    )
  }

  /// Redeems a guest's invitation, which only a person can do.
  ///
  /// - Returns: false where the account waits for nobody.
  func redeem(_ guest: Handle, issuer: String) -> Bool {
    guard isLive(guest), text(guest, "externalUserState") == "PendingAcceptance" else {
      return false
    }
    let address = invitations[guest]?.address ?? text(guest, "mail") ?? ""
    update(
      guest,
      [
        ("externalUserState", "Accepted"),
        ("externalUserStateChangeDateTime", .string(now.text)),
        (
          "identities",
          [
            [
              "signInType": "federated", "issuer": .string(issuer),
              "issuerAssignedId": .string(address),
            ],
            hostIdentity(text(guest, "userPrincipalName") ?? ""),
          ]
        ),
      ]
    )
    return true
  }

  /// The domain that the tenant was created with.
  var initialDomain: String {
    guard let set = sets[.domains], let number = set.type.number(of: "isInitial") else { return "" }
    let entities = set.after(0)
    let initial = entities.first { $0.record[number].map { Array($0) } == Array("true".utf8) }
    return (initial ?? entities.first).flatMap { set.ids[$0.cursor] } ?? ""
  }

  /// Puts an object in from named values.
  @discardableResult
  func insert(_ kind: ObjectKind, id: ObjectID, _ values: [(String, JSONValue)]) -> Handle {
    var numbered: [Int: [UInt8]] = [:]
    for (name, value) in values where !value.isNull {
      if let number = kind.type.number(of: name) { numbered[number] = value.bytes }
    }
    return insert(kind, id: id, numbered)
  }
}
