/// The name by which declarations speak of a partner organisation (`fabrikam`).
package struct PartnerName: Hashable, Sendable, Comparable {
  package let text: String

  package init(_ text: String) { self.text = text }
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension PartnerName: CustomStringConvertible {
  package var description: String { text }
}
