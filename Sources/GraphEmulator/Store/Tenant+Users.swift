extension Tenant {
  /// Whether an object of the kind, deleted ones included, has this text in a unique property.
  func holds(
    _ kind: ObjectKind,
    _ property: String,
    _ text: String,
    but other: Handle? = nil
  ) -> Bool {
    find(kind, property, text).contains { handle in
      handle != other && self.text(handle, property)?.lowercased() == text.lowercased()
    }
  }

  /// - Throws: 400 where a user principal name is of no domain of the tenant.
  func requireVerifiedDomain(of name: String) throws(GraphFailure) {
    let parts = name.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, verifiedDomains.contains(parts[1].lowercased())
    else {
      throw .badRequest(
        "The domain portion of the userPrincipalName property is invalid. You must use one of the "
          + "verified domain names in your organization."
      )
    }
  }

  /// The tenant's own domains, in small letters.
  var verifiedDomains: Set<String> {
    Set(
      (sets[.domains]?.after(0) ?? []).compactMap { entity in
        sets[.domains]?.ids[entity.cursor]?.lowercased()
      }
    )
  }

  /// A security identifier as Entra derives them for its own accounts.
  func securityIdentifier() -> String {
    let parts = (0..<4).map { _ in String(UInt32(truncatingIfNeeded: generator.next())) }
    return "S-1-12-1-" + parts.joined(separator: "-")
  }

  /// Changes properties of a user with what follows from them.
  func changeUser(
    _ handle: Handle,
    _ members: [JSONValue.Member],
    _ changes: [Int: [UInt8]?]
  ) throws(GraphFailure) {
    var changes = changes
    let type = ObjectKind.user.type
    func set(_ name: String, _ value: JSONValue) {
      if let number = type.number(of: name) { changes[number] = .some(value.bytes) }
    }
    if let name = members.first(where: { $0.name == "userPrincipalName" })?.value.string {
      try requireVerifiedDomain(of: name)
      guard !holds(.user, "userPrincipalName", name, but: handle) else {
        throw .taken("userPrincipalName")
      }
    }
    if let mail = members.first(where: { $0.name == "mail" })?.value.string {
      let addresses = proxyAddresses(of: handle, withPrimary: mail)
      for holder in addressHolders(mail) where holder != handle { throw .taken("proxyAddresses") }
      set("proxyAddresses", .array(addresses.map { .string($0) }))
    }
    if let mails = members.first(where: { $0.name == "otherMails" })?.value.array {
      guard mails.count <= 250, mails.allSatisfy({ ($0.string?.count ?? 0) <= 250 }) else {
        throw .invalidValue("otherMails")
      }
    }
    if let kind = members.first(where: { $0.name == "userType" })?.value.string {
      guard ["Member", "Guest"].contains(kind) else { throw .invalidValue("userType") }
    }
    if let number = type.number(of: "passwordProfile") { changes[number] = nil }
    update(handle, changes)
  }

  /// FACTS section 2.1: `SMTP:` marks the primary address; a former one stays with `smtp:`.
  func proxyAddresses(of handle: Handle, withPrimary mail: String) -> [String] {
    let others = texts(handle, "proxyAddresses").filter {
      $0.lowercased() != "smtp:" + mail.lowercased()
    }
    return ["SMTP:\(mail)"]
      + others.map { $0.hasPrefix("SMTP:") ? "smtp:" + $0.dropFirst("SMTP:".count) : $0 }
  }

  /// Everything that holds an address as its mail or as a proxy address.
  func addressHolders(_ address: String) -> [Handle] {
    let kinds: [ObjectKind] = [.user, .group, .contact]
    let found = kinds.flatMap { kind in
      find(kind, "mail", address) + find(kind, "proxyAddresses", "smtp:" + address)
    }
    return Set(found).sorted().filter { handle in
      text(handle, "mail")?.lowercased() == address.lowercased()
        || texts(handle, "proxyAddresses").contains {
          $0.lowercased() == "smtp:" + address.lowercased()
        }
    }
  }

  /// Makes somebody answer for a guest (FACTS section 1.1: users and groups, five at most).
  func addSponsor(_ id: ObjectID, to guest: Handle) throws(GraphFailure) {
    guard let sponsor = live(id) else { throw .notFound(id) }
    guard kind(of: sponsor) == .user || kind(of: sponsor) == .group else {
      throw .badRequest("The reference target 'sponsors' is invalid.")
    }
    guard !sponsors.contains(guest, sponsor) else { throw .duplicateReference("sponsors") }
    guard sponsors.rights(of: guest).count < 5 else {
      throw .badRequest("The number of sponsors exceeds the maximum of 5.")
    }
    sponsors.insert(guest, sponsor)
  }
}

extension GraphFailure {
  /// FACTS section 4: the wording that clients look for.
  static func duplicateReference(_ property: String) -> Self {
    badRequest(
      "One or more added object references already exist for the following modified properties: "
        + "'\(property)'."
    )
  }
}
