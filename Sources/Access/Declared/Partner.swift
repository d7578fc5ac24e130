/// A partner organisation: its domains, and who answers for its guests.
package struct Partner: Hashable, Sendable {
  package var name: PartnerName
  package var title: String?
  /// In the compared form: a domain, `*.` before a domain, or `*`.
  package var domains: [String]
  package var sponsors: [EmailAddress]
  package var accounts: Accounts
  package var place: SourcePlace

  package init(
    name: PartnerName,
    title: String? = nil,
    domains: [String] = [],
    sponsors: [EmailAddress] = [],
    accounts: Accounts = .invite,
    place: SourcePlace
  ) {
    self.name = name
    self.title = title
    self.domains = domains
    self.sponsors = sponsors
    self.accounts = accounts
    self.place = place
  }

  /// Where the accounts of a partner's people come from.
  package enum Accounts: String, Hashable, Sendable, CaseIterable {
    /// We invite them.
    case invite
    /// Cross-tenant synchronisation makes them; we only grant.
    case sync
  }
}

/// The name of a partner organisation in the declarations (`fabrikam`).
package struct PartnerName: Hashable, Sendable, Comparable {
  package let text: String

  package init(_ text: String) { self.text = text }
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension PartnerName: CustomStringConvertible {
  package var description: String { text }
}
