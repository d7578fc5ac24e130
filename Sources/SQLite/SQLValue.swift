/// A value as a statement binds it.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// A text, or `NULL` where there is none.
  package static func text(orNull text: String?) -> Self { text.map { .text($0) } ?? .null }
  /// A number, or `NULL` where there is none.
  package static func integer(orNull number: Int64?) -> Self {
    number.map { .integer($0) } ?? .null
  }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  package init(stringLiteral text: String) { self = .text(text) }
  package init(integerLiteral number: Int64) { self = .integer(number) }
}
