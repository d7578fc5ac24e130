/// Something that is wrong or remarkable in a declaration: a value with a place, never an error
/// that stops the reading.
package struct Finding: Hashable, Sendable {
  package var code: FindingCode
  package var severity: Severity
  /// What is wrong, in a sentence without its place; text from the declaration is in backquotes
  /// and is data that each renderer escapes.
  package var message: String
  /// `nil` where the finding is about the folder as a whole.
  package var place: SourcePlace?
  /// The line that the place is in, without its end, cut to a length that people read.
  package var excerpt: String?
  /// How many characters the caret marks, at least one.
  package var length: Int
  /// What to do instead, as a sentence (`did you mean `expenses`?`).
  package var hint: String?
  /// Other places that take part, in order.
  package var related: [SourcePlace]
  package var scope: Scope

  package init(
    _ code: FindingCode,
    _ severity: Severity = .error,
    _ message: String,
    place: SourcePlace? = nil,
    excerpt: String? = nil,
    length: Int = 1,
    hint: String? = nil,
    related: [SourcePlace] = [],
    scope: Scope = .repository
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.place = place
    self.excerpt = excerpt
    self.length = length
    self.hint = hint
    self.related = related
    self.scope = scope
  }

  package enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
    case note, warning, error

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// What an error stops (DESIGN section 4: a fault stops giving, and only what it concerns).
  package enum Scope: Hashable, Sendable {
    /// The commit cannot be used.
    case repository
    /// What uses a faulty app, bundle or partner, or several entries with one cause, is skipped.
    case part
    /// This guest's entry, or one of its grants, is skipped.
    case entry(EmailAddress)
  }
}

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

/// A value together with everything that was found while it was made.
package struct Checked<Value> {
  package var value: Value
  /// Ordered by place, then by code.
  package var findings: [Finding]

  /// True where a fault was found.
  package var isStopped: Bool { findings.contains { $0.severity == .error } }

  package init(_ value: Value, findings: [Finding] = []) {
    self.value = value
    self.findings = findings
  }
}

extension Checked: Sendable where Value: Sendable {}
