/// The value by which a declaration names a role of an app (`Submitter`), as the app declares it.
package struct RoleValue: Hashable, Sendable, Comparable {
  package let text: String

  /// The name by which a declaration means the default access of an app without roles.
  package static let defaultAccess = Self("default")

  package init(_ text: String) { self.text = text }
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension RoleValue: CustomStringConvertible {
  package var description: String { text }
}
