internal import Declarations

/// The words of one call, sorted into operands and options that its command knows.
package struct Arguments: Hashable, Sendable {
  package private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]
  /// Options in the order in which they were given, for those that pair up.
  package private(set) var sequence: [Pair] = []

  package struct Pair: Hashable, Sendable {
    package var name: String
    package var value: String
  }

  /// Sorts the words behind the command's name.
  ///
  /// An unknown option names its nearest neighbour; a missing value, a value too many and a
  /// repeated option that may be given once are usage errors.
  package init(_ words: [String], for command: CommandDescription) throws(UsageError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      } else if word.hasPrefix("-"), word != "-" {
        try take(option: word, rest: &rest, of: command)
      } else {
        operands.append(word)
      }
    }
    try checkOperands(of: command)
  }

  package func has(_ name: String) -> Bool { values[name] != nil }
  package func value(_ name: String) -> String? { values[name]?.last }
  package func all(_ name: String) -> [String] { values[name] ?? [] }

  /// The value as a whole number that is not negative.
  package func count(_ name: String) throws(UsageError) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw UsageError(
        "`--\(name)` needs a whole number, not `\(text)`",
        hint: "for example `--\(name) 10`"
      )
    }
    return number
  }

  private mutating func take(
    option word: String,
    rest: inout ArraySlice<String>,
    of command: CommandDescription
  ) throws(UsageError) {
    let dashes = word.prefix { $0 == "-" }.count
    let body = word.dropFirst(dashes)
    let cut = body.firstIndex(of: "=")
    let name = String(cut.map { body[..<$0] } ?? body)
    guard dashes == 2, let option = command.options.first(where: { $0.name == name }) else {
      let known = command.options.map(\.name)
      throw UsageError(
        "unknown option `\(cut.map { String(word[..<$0]) } ?? word)` of `guestlist \(command.name)`",
        hint: Suggestion.nearest(to: name, among: known).map { "did you mean `--\($0)`?" }
          ?? "`guestlist \(command.name) --help` lists its options"
      )
    }
    guard option.isRepeatable || values[name] == nil else {
      throw UsageError("`--\(name)` is given twice", hint: "give it once")
    }
    let given = cut.map { String(body[$0...].dropFirst()) }
    if let placeholder = option.value {
      guard let value = given ?? rest.popFirst() else {
        throw UsageError("`--\(name)` needs a value", hint: "as `--\(name) \(placeholder)`")
      }
      values[name, default: []].append(value)
      sequence.append(Pair(name: name, value: value))
    } else {
      guard given == nil else { throw UsageError("`--\(name)` takes no value", hint: nil) }
      values[name] = []
    }
  }

  private func checkOperands(of command: CommandDescription) throws(UsageError) {
    let required = command.operands.filter(\.isRequired)
    if operands.count < required.count {
      throw UsageError(
        "`guestlist \(command.name)` needs \(required[operands.count].name)",
        hint: command.usage
      )
    }
    if operands.count > command.operands.count {
      throw UsageError(
        "`guestlist \(command.name)` does not take `\(operands[command.operands.count])`",
        hint: command.usage
      )
    }
  }
}

/// A call whose words do not fit.
package struct UsageError: Error, Hashable, Sendable {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String?) {
    self.message = message
    self.hint = hint
  }
}
