/// The name of a partner organisation in the declarations (`fabrikam`).
package struct PartnerName: Hashable, Sendable, Comparable {
  package let text: String

  package init(_ text: String) { self.text = text }
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension PartnerName: CustomStringConvertible {
  package var description: String { text }
}
