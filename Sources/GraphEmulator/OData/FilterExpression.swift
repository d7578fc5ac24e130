/// A parsed `$filter`.
indirect enum FilterExpression: Sendable, Equatable {
  case and([FilterExpression])
  case or([FilterExpression])
  case not(FilterExpression)
  case compare([String], Comparison, Literal)
  case oneOf([String], [Literal])
  case text(TextTest, [String], String)
  /// `collection/any(variable:condition)`; without a condition the collection is not empty.
  case any([String], variable: String, FilterExpression?)
  /// `collection/$count eq 0`
  case count([String], Comparison, Int)
  case isOf(String)

  enum Comparison: String, Sendable {
    case equal = "eq"
    case notEqual = "ne"
    case greater = "gt"
    case greaterOrEqual = "ge"
    case less = "lt"
    case lessOrEqual = "le"
  }

  enum TextTest: String, Sendable {
    case startsWith = "startswith"
    case endsWith = "endswith"
    case contains
  }

  enum Literal: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    /// A bare date, date and time, or GUID: text without quotes.
    case bare(String)

    /// The text of a string or a bare literal.
    var text: String? {
      switch self {
      case .string(let text), .bare(let text): text
      case .null, .bool, .number: nil
      }
    }
  }
}
