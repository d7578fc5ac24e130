internal import Access

/// Users as Graph sends them (FACTS section 2.1).
extension RecordDecoder {
  /// A user; sponsors only where they were asked for.
  func account(_ item: JSONValue, withSponsors: Bool) throws(TenantError) -> Account {
    var account = Account(
      id: try identifier(item, "id"),
      addresses: addresses(item),
      otherMails: Set(strings(item, "otherMails").compactMap(normalise)),
      userPrincipalName: item["userPrincipalName"]?.string ?? "",
      displayName: item["displayName"]?.string,
      // Whoever is not said to be a guest is treated as a member, which nobody touches.
      userType: item["userType"]?.string == "Guest" ? .guest : .member,
      isExternal: isExternal(item),
      isEnabled: item["accountEnabled"]?.bool ?? true,
      redemptionChanged: moment(item, "externalUserStateChangeDateTime"),
      created: moment(item, "createdDateTime")
    )
    switch item["externalUserState"]?.string {
    case "PendingAcceptance": account.redemption = .pendingAcceptance
    case "Accepted": account.redemption = .accepted
    default: break
    }
    if withSponsors, let sponsors = item["sponsors"]?.elements {
      var ids: Set<UserID> = []
      for sponsor in sponsors { ids.insert(try identifier(sponsor, "id")) }
      account.sponsors = ids
    }
    return account
  }

  /// A mail contact of the organisation, which holds addresses and can be nobody's account.
  func contact(_ item: JSONValue) throws(TenantError) -> Account {
    Account(
      id: try identifier(item, "id"),
      addresses: addresses(item),
      displayName: item["displayName"]?.string,
      userType: .contact,
      isExternal: false
    )
  }

  /// A soft-deleted user.
  func deletedAccount(_ item: JSONValue) throws(TenantError) -> DeletedAccount {
    DeletedAccount(
      account: try account(item, withSponsors: false),
      deleted: moment(item, "deletedDateTime")
    )
  }

  private func moment(_ item: JSONValue, _ name: String) -> Moment? {
    item[name]?.string.flatMap { Moment($0) }
  }

  private func strings(_ item: JSONValue, _ name: String) -> [String] {
    (item[name]?.elements ?? []).compactMap(\.string)
  }

  private func addresses(_ item: JSONValue) -> Set<EmailAddress> {
    var texts: [String] = []
    if let mail = item["mail"]?.string { texts.append(mail) }
    for proxy in strings(item, "proxyAddresses")
    where proxy.hasPrefix("smtp:") || proxy.hasPrefix("SMTP:") {
      texts.append(String(proxy.dropFirst(5)))
    }
    for identity in item["identities"]?.elements ?? [] {
      // Before redemption the identity is the account's own name, made up from the address.
      if let id = identity["issuerAssignedId"]?.string, !isMadeUp(id) { texts.append(id) }
    }
    return Set(texts.compactMap(normalise))
  }

  /// Whether a name was made up from the address of somebody external (`ana_f#EXT#@contoso…`).
  ///
  /// Searched byte by byte: it is asked for every guest, and Swift's own search of text knows more of
  /// Unicode than it takes.
  private func isMadeUp(_ name: String) -> Bool {
    var rest = Substring(name).utf8
    while let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      rest = rest[hash...].dropFirst()
      if rest.starts(with: "EXT#".utf8) { return true }
    }
    return false
  }

  private func isExternal(_ item: JSONValue) -> Bool {
    if item["externalUserState"]?.string != nil { return true }
    switch item["creationType"]?.string {
    case "Invitation", "EmailVerified", "SelfServiceSignUp": return true
    case "LocalAccount": return false
    default: break
    }
    if item["userPrincipalName"]?.string.map(isMadeUp) == true { return true }
    return (item["identities"]?.elements ?? []).contains {
      $0["signInType"]?.string == "federated" || $0["issuer"]?.string == "mail"
    }
  }
}
