/// What a tenant says of itself.
package struct Organisation: Hashable, Sendable {
  package var name: String
  /// The domains whose addresses are its own people's.
  package var domains: [String]

  package init(name: String, domains: [String]) {
    self.name = name
    self.domains = domains
  }
}
