/// An application permission of Microsoft Graph by its value, such as `User.Read.All`: what an
/// administrator consents to and what the `roles` claim of a token lists.
package struct GraphPermission: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  /// Whether holding the permission can change nothing.
  package var isReadOnly: Bool {
    rawValue.split(separator: ".").dropFirst().first.map {
      $0 == "Read" || $0 == "ReadBasic"
    } ?? false
  }
}

extension GraphPermission: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(rawValue: value) }
}

extension GraphPermission: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
