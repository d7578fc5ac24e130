internal import Access

/// A user, a soft-deleted user or a mail contact as Graph sends it (FACTS section 2.1).
struct GraphUser: GraphModel {
  let id: Spelled<UserID>
  var mail: String?
  var otherMails: [String]?
  var proxyAddresses: [String]?
  var identities: [Identity]?
  var userPrincipalName: String?
  var displayName: String?
  var userType: String?
  var externalUserState: String?
  var externalUserStateChangeDateTime: String?
  var accountEnabled: Bool?
  var creationType: String?
  var createdDateTime: String?
  var deletedDateTime: String?
  var sponsors: [DirectoryObject]?

  struct Identity: GraphModel {
    var signInType: String?
    var issuer: String?
    var issuerAssignedId: String?
  }

  /// What a write changes of an account, and where that shows.
  struct Changeable: GraphModel {
    var accountEnabled: Bool?
    var mail: String?
    var otherMails: [String]?
  }

  typealias Normalise = @Sendable (String) -> EmailAddress?

  /// The account that it is; sponsors only where they were asked for.
  func account(withSponsors: Bool, _ normalise: Normalise) -> Account {
    Account(
      id: id.id,
      addresses: addresses(normalise),
      mail: mail.flatMap(normalise),
      otherMails: Set((otherMails ?? []).compactMap(normalise)),
      userPrincipalName: userPrincipalName ?? "",
      displayName: displayName,
      // A user who is not called a guest is treated as a member, which is never changed.
      userType: userType == "Guest" ? .guest : .member,
      isExternal: isExternal,
      isEnabled: accountEnabled ?? true,
      redemption: redemption,
      redemptionChanged: externalUserStateChangeDateTime.flatMap { Moment($0) },
      created: createdDateTime.flatMap { Moment($0) },
      sponsors: withSponsors ? sponsors.map { Set($0.map(\.id.id)) } : nil,
      hasForeignIdentity: hasForeignIdentity(normalise)
    )
  }

  /// The mail contact that it is, which has addresses and is not an account.
  func contact(_ normalise: Normalise) -> Account {
    Account(
      id: id.id,
      addresses: addresses(normalise),
      displayName: displayName,
      userType: .contact,
      isExternal: false
    )
  }

  /// The soft-deleted account that it is.
  func deletedAccount(_ normalise: Normalise) -> DeletedAccount {
    DeletedAccount(
      account: account(withSponsors: false, normalise),
      deleted: deletedDateTime.flatMap { Moment($0) }
    )
  }

  private var redemption: Account.Redemption? {
    switch externalUserState {
    case "PendingAcceptance": .pendingAcceptance
    case "Accepted": .accepted
    default: nil
    }
  }

  /// The addresses at which mail reaches it.
  private func mailAddresses(_ normalise: Normalise) -> Set<EmailAddress> {
    var addresses = Set([mail].compactMap(\.self).compactMap(normalise))
    for proxy in proxyAddresses ?? [] where proxy.hasPrefix("smtp:") || proxy.hasPrefix("SMTP:") {
      if let address = normalise(String(proxy.dropFirst(5))) { addresses.insert(address) }
    }
    return addresses
  }

  private func addresses(_ normalise: Normalise) -> Set<EmailAddress> {
    var addresses = mailAddresses(normalise)
    for identity in identities ?? [] {
      // Before redemption the identity is the account's own name, made up from the address.
      guard let name = identity.issuerAssignedId, !Self.isMadeUp(name) else { continue }
      if let address = normalise(name) { addresses.insert(address) }
    }
    return addresses
  }

  /// Whether somebody with another address signs in as this account.
  ///
  /// Most identity providers give no address; `otherMails` counts, since an address change of ours
  /// may have put the new address there.
  private func hasForeignIdentity(_ normalise: Normalise) -> Bool {
    let names = (identities ?? []).filter { $0.signInType == "federated" }
      .compactMap(\.issuerAssignedId).filter { !Self.isMadeUp($0) }.compactMap(normalise)
    guard !names.isEmpty else { return false }
    let own = mailAddresses(normalise).union((otherMails ?? []).compactMap(normalise))
    return !own.isEmpty && !own.isSuperset(of: names)
  }

  /// Whether a name was made up from the address of somebody external (`ana_f#EXT#@contoso…`).
  ///
  /// Searched byte by byte: it is asked for every guest, and Swift's own search is slower for the
  /// sake of Unicode.
  private static func isMadeUp(_ name: String) -> Bool {
    var rest = Substring(name).utf8
    while let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      rest = rest[hash...].dropFirst()
      if rest.starts(with: "EXT#".utf8) { return true }
    }
    return false
  }

  private var isExternal: Bool {
    if externalUserState != nil { return true }
    switch creationType {
    case "Invitation", "EmailVerified", "SelfServiceSignUp": return true
    case "LocalAccount": return false
    default: break
    }
    if userPrincipalName.map(Self.isMadeUp) == true { return true }
    return (identities ?? []).contains { $0.signInType == "federated" || $0.issuer == "mail" }
  }
}
