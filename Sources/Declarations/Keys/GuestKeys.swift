internal import Access
internal import YAML

struct GuestDeclaration: Sendable {
  var address: EmailAddress
  var spelled: String
  var mark: Mark
  var name: String?
  var pinned: UserID?
  var sponsors: [EmailAddress] = []
  var invitation = InvitationOverrides()
  var starts: Moment?
  var expires: Marked<Ending.Rule>?
  var reviewed: Moment?
  var ticket: String?
  var reason: String?
  var bundles: [GrantReference] = []
  var grants: [GrantReference] = []
  var previously: [EmailAddress] = []
  var blocked: String?
  var returned: Moment?
  /// The first thing that is wrong with the entry.
  var fault: String?
  /// Where some of its grants would come from that could not be read.
  var unreadable: [GrantEntry.Origin] = []
  /// True for a guest who is declared by `grants` alone (`accounts: elsewhere`).
  var isImplied = false

  init(address: EmailAddress, spelled: String, mark: Mark) {
    self.address = address
    self.spelled = spelled
    self.mark = mark
  }

  static let section = Section<Self>("guests", "a guest", "in the list `guests`") {
    Key("email", .address, required: true, identity: true) { _, _ in }
      .means("The guest's address.")
    Key("name", .text) { $0.name = $1 }
      .means("Used in the invitation; later changes have no effect.", default: "none")
    Key("id", .identifier) { $0.pinned = $1 }
      .means("Pins an existing account.", default: "found by address")
    Key("sponsor", .addresses) { $0.sponsors = $1.map(\.value) }
      .means("Who answers for the guest; at most five.", default: "the partner's")
    Key("invitation", .invitation) { $0.invitation = $1 }
      .means("How this guest is invited.")
    Key("starts", .beginning) { $0.starts = $1 }
      .means("When grants are given; nothing is given before.", default: "at once")
    Key("expires", .marked(.expiry)) { $0.expires = $1 }
      .means(
        "The last day (in UTC), or how long after the merge access ends.",
        default: "the partner's limit"
      )
    Key("reviewed", .beginning, identity: true) { $0.reviewed = $1 }
      .means("When the entry was last reviewed.", default: "the merge")
    Key("ticket", .text) { $0.ticket = $1 }
      .means("The ticket that asked for it.", default: "none")
    Key("reason", .text) { $0.reason = $1 }
      .means("Why the guest has access.", default: "none")
    Key("bundles", .bundleNames, identity: true) { $0.bundles = $1 }
      .means("Bundles given.", default: "none")
    Key("apps", .apps, identity: true) { $0.grants += $1 }
      .means("Roles given.", default: "none")
    Key("groups", .groups, identity: true) { $0.grants += $1 }
      .means("Groups given.", default: "none")
    Key("packages", .packages, identity: true) { $0.grants += $1 }
      .means("Access packages given.", default: "none")
    Key("previously", .addresses) { $0.previously = $1.map(\.value) }
      .means("Earlier addresses; the guest keeps the account.", default: "none")
    Key("blocked", .text) { $0.blocked = $1 }
      .means("Why sign-in is blocked; access is kept.", default: "no")
    Key("return", .beginning, identity: true) { $0.returned = $1 }
      .means(
        "Gives back an account that was removed or blocked outside Guestlist; a later day does so again.",
        default: "never"
      )
  }
}

extension ValueType where Value == Boxed<GuestDeclaration> {
  static var guest: Self {
    Self(.section(GuestDeclaration.section.definition)) { decoder, node, _ in decoder.guest(node) }
  }
}

/// A value in a box of its own, so that it can be put in order and handed on without being copied.
final class Boxed<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}

struct RemovalDeclaration: Sendable {
  var address: EmailAddress
  var mark: Mark
  var pinned: UserID?
  var reason = ""
  var removes = RemovalEntry.Extent.grants
  /// What is wrong with it.
  var fault: String?

  fileprivate static let section = Section<Self>("removed", "a removal", "in the list `removed`") {
    Key("email", .address, required: true) { _, _ in }
      .means("The guest's address.")
    Key("id", .identifier) { $0.pinned = $1 }
      .means("Pins the account.", default: "found by address")
    Key("reason", .text, required: true) { $0.reason = $1 }
      .means("Why.")
    Key("removes", .choice(RemovalEntry.Extent.self), required: true) { $0.removes = $1 }
      .means("What is taken away.")
  }
}

extension ValueType where Value == RemovalDeclaration {
  static var removal: Self {
    Self(.section(RemovalDeclaration.section.definition)) { decoder, node, _ in
      decoder.readEntry(node, RemovalDeclaration.section.definition) {
        decoder,
        fields,
        email,
        address in
        var removal = RemovalDeclaration(address: address, mark: decoder.mark(email))
        RemovalDeclaration.section.read(fields, into: &removal, &decoder)
        return removal
      } fault: {
        $0.fault = $1
      }
    }
  }
}

extension FileDecoder {
  fileprivate mutating func guest(_ node: Node) -> Boxed<GuestDeclaration>? {
    readEntry(node, GuestDeclaration.section.definition) { decoder, fields, email, address in
      let spelled = decoder.document.string(of: email)
      let isNormal = spelled.utf8.elementsEqual(address.normalised.utf8)
      var guest = GuestDeclaration(
        address: address,
        spelled: isNormal ? address.normalised : spelled,
        mark: decoder.mark(email)
      )
      if decoder.strangers.contains(where: { decoder.mayBeGrants($0.key, $0.value) }) {
        guest.unreadable = [.guest, .bundle("")]
      }
      GuestDeclaration.section.read(fields, into: &guest, &decoder)
      return guest
    } fault: {
      $0.fault = $1
    }
    .map { Boxed($0) }
  }

  /// Reads an entry by its address, the first key of its section; `nil` where it has none.
  fileprivate mutating func readEntry<Entry>(
    _ node: Node,
    _ section: SectionDefinition,
    _ read: (inout Self, [Field], _ email: Node, EmailAddress) -> Entry,
    fault store: (inout Entry, String) -> Void
  ) -> Entry? {
    let outer = scope
    let known = beginEntry(node, "email")
    defer { scope = outer }
    let (entry, fault) = isolated { decoder -> Entry? in
      guard let fields = decoder.fields(of: node, section),
        let email = fields.first(where: { $0.key == 0 })?.value,
        let address = known ?? decoder.address(email, "email")
      else { return nil }
      return read(&decoder, fields, email, address)
    }
    guard var entry else { return nil }
    if let fault { store(&entry, fault) }
    return entry
  }

  /// Tells whether an unknown key looks like one that gives something, so that what it gave stays.
  private func mayBeGrants(_ key: Node, _ value: Node) -> Bool {
    if document.kind(of: value) == .sequence { return true }
    let names = GuestDeclaration.section.definition.keys.map(\.name)
    let near = Suggestion.nearest(to: shown(key), among: names)
    return near.map { ["bundles", "apps", "groups", "packages"].contains($0) } ?? false
  }
}
