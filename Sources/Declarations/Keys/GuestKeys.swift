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
    Key("email", .address, "The guest's address; it decides.", required: true, identity: true) {
      _,
      _ in
    }
    Key("name", .text, "Given at invitation, not enforced afterwards.", default: "none") {
      $0.name = $1
    }
    Key("id", .identifier, "Pins an existing account.", default: "found by address") {
      $0.pinned = $1
    }
    Key(
      "sponsor",
      .addresses,
      "Who answers for the guest; at most five.",
      default: "the partner's"
    ) { $0.sponsors = $1.map(\.value) }
    Key("invitation", .invitation, "How this guest is invited.") { $0.invitation = $1 }
    Key("starts", .beginning, "Before it, no grants are given.", default: "at once") {
      $0.starts = $1
    }
    Key(
      "expires",
      .marked(.expiry),
      "The end: of that day in UTC, or so long after the merge.",
      default: "the partner's limit"
    ) { $0.expires = $1 }
    Key(
      "reviewed",
      .beginning,
      "When the entry was last reviewed.",
      default: "its merge",
      identity: true
    ) { $0.reviewed = $1 }
    Key("ticket", .text, "A reference to a ticket.", default: "none") { $0.ticket = $1 }
    Key("reason", .text, "Why.", default: "none") { $0.reason = $1 }
    Key("bundles", .bundleNames, "Bundles given.", default: "none", identity: true) {
      $0.bundles = $1
    }
    Key("apps", .apps, "Roles given.", default: "none", identity: true) { $0.grants += $1 }
    Key("groups", .groups, "Groups given.", default: "none", identity: true) { $0.grants += $1 }
    Key("packages", .packages, "Access packages given.", default: "none", identity: true) {
      $0.grants += $1
    }
    Key(
      "previously",
      .addresses,
      "Earlier addresses: an address change keeps the account.",
      default: "none"
    ) { $0.previously = $1.map(\.value) }
    Key(
      "blocked",
      .text,
      "Sign-in is blocked, for this reason; access is kept.",
      default: "no"
    ) { $0.blocked = $1 }
    Key(
      "return",
      .beginning,
      "Gives back an account that was removed or blocked outside Guestlist; counts once, from its merge.",
      default: "never",
      identity: true
    ) { $0.returned = $1 }
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
    Key("email", .address, "The guest's address.", required: true) { _, _ in }
    Key("id", .identifier, "Pins the account.", default: "found by address") { $0.pinned = $1 }
    Key("reason", .text, "Why.", required: true) { $0.reason = $1 }
    Key("removes", .choice(RemovalEntry.Extent.self), "What is taken away.", required: true) {
      $0.removes = $1
    }
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
