/// The keys whose meaning the program does not carry out yet: they are refused by name, never
/// ignored.
package struct UnbuiltKeys: Hashable, Sendable {
  /// `section.key` (`guests.return`), by the section titles of the reference.
  package var names: Set<String>

  package init(_ names: Set<String>) { self.names = names }

  /// What the program as it stands refuses.
  package static let current = Self(["partners.signUp", "trust.portal"])

  func contains<Key: SectionKeys>(_ key: Key) -> Bool {
    !names.isEmpty && names.contains("\(Key.title).\(key.rawValue)")
  }
}
