/// The stable name of a kind of finding, `GL` and three digits.
package struct FindingCode: Hashable, Sendable, Comparable {
  package let number: Int

  package init(_ number: Int) { self.number = number }
  package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension FindingCode: CustomStringConvertible {
  package var description: String {
    let digits = String(number)
    return "GL" + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
  }
}
