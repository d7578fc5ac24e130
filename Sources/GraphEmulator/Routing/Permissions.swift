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

/// The combinations of application permissions of which any one opens an operation.
///
/// In a literal `|` separates alternatives, `+` permissions that must be held
/// together: `"User.Read.All | Directory.Read.All + Group.Read.All"`.
package struct AcceptedPermissions: Hashable, Sendable {
  /// Each combination opens the operation by itself, and only whole.
  package let combinations: [Set<GraphPermission>]

  /// No permission is needed.
  static let none = AcceptedPermissions(combinations: [[]])

  package init(combinations: [Set<GraphPermission>]) { self.combinations = combinations }

  /// Whether these permissions contain one of the combinations.
  package func admit(_ held: Set<GraphPermission>) -> Bool {
    combinations.contains { $0.isSubset(of: held) }
  }
}

extension AcceptedPermissions: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    self.init(
      combinations: text.split(separator: "|").map { alternative in
        Set(
          alternative.split(whereSeparator: { $0 == "+" || $0.isWhitespace })
            .map { GraphPermission(rawValue: String($0)) }
        )
      }
    )
  }
}
