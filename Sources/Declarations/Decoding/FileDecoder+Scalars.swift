internal import Access
internal import Unicode
internal import YAML

extension FileDecoder {
  /// How long a text may be, in bytes.
  static let longestText = 4096

  /// A text that says something.
  mutating func text(_ node: Node, _ what: String) -> String? {
    guard document.kind(of: node) == .scalar else {
      report(.wrongKind, "`\(what)` must be a string", at: node)
      return nil
    }
    let bytes = document.bytes(of: node)
    if bytes.isEmpty || bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }) {
      report(.wrongValue, "`\(what)` is empty", at: node, hint: "remove it, or write a value")
      return nil
    }
    if bytes.count > Self.longestText {
      report(.tooLarge, "`\(what)` is longer than \(Self.longestText) bytes", at: node)
      return nil
    }
    if document.isPlain(node), bytes.elementsEqual("null".utf8) || bytes.elementsEqual("~".utf8) {
      report(
        .wrongValue,
        "`\(what)` has no value",
        at: node,
        hint: "remove it, or put the text in quotes"
      )
      return nil
    }
    return document.string(of: node)
  }

  mutating func boolean(_ node: Node, _ what: String) -> Bool? {
    if document.kind(of: node) == .scalar, document.isPlain(node) {
      if document.value(of: node, is: "true") { return true }
      if document.value(of: node, is: "false") { return false }
    }
    report(
      .wrongValue,
      "`\(what)` must be `true` or `false`",
      at: node,
      hint: hint(forBoolean: node)
    )
    return nil
  }

  private func hint(forBoolean node: Node) -> String? {
    switch document.string(of: node).lowercased() {
    case "true", "false": document.isPlain(node) ? nil : "write it without quotes"
    case "yes", "on", "y": "write `true`"
    case "no", "off", "n": "write `false`"
    default: nil
    }
  }

  /// A whole number from zero to a million, or in another range.
  mutating func integer(_ node: Node, _ what: String, in range: ClosedRange<Int>) -> Int? {
    let text = document.string(of: node)
    let isNumber = !text.isEmpty && text.utf8.allSatisfy(isDigit)
    if isNumber, document.isPlain(node), let number = Int(text), range.contains(number) {
      return number
    }
    let isQuoted = isNumber && !document.isPlain(node)
    let isOutOfRange = !isQuoted && (isNumber || text.hasPrefix("-") || range.upperBound <= 100)
    let bounds = isOutOfRange ? " from \(range.lowerBound) to \(range.upperBound)" : ""
    report(
      .wrongValue,
      "`\(what)` must be a whole number\(bounds)",
      at: node,
      hint: isQuoted ? "write it without quotes" : nil
    )
    return nil
  }

  mutating func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ node: Node,
    _ what: String
  ) -> Value? {
    guard let text = text(node, what) else { return nil }
    if let value = Value(rawValue: text) { return value }
    let names = Value.allCases.map(\.rawValue)
    report(
      .wrongValue,
      "`\(shown(node))` is not one of \(names.map { "`\($0)`" }.joined(separator: ", "))",
      at: node,
      hint: Suggestion.sentence(for: text, among: names)
    )
    return nil
  }

  mutating func identifier<Value: Identifier>(
    _ node: Node,
    _ what: String
  ) -> Value? {
    guard let text = text(node, what) else { return nil }
    if let value = Value(text) { return value }
    report(
      .wrongValue,
      "`\(shown(node))` is not a GUID",
      at: node,
      hint: "copy it from Entra, as in `0f3c0000-0000-4000-8000-000000000010`"
    )
    return nil
  }

  mutating func address(_ node: Node, _ what: String) -> EmailAddress? {
    if let address = readableAddress(node) { return address }
    guard text(node, what) != nil else { return nil }
    report(
      .unreadableAddress,
      "`\(shown(node))` is not an email address",
      at: node,
      hint: hint(forAddress: document.string(of: node))
    )
    return nil
  }

  private func hint(forAddress text: String) -> String? {
    if text.contains(where: { "\u{201C}\u{201D}\u{2018}\u{2019}".contains($0) }) {
      return "use straight quotation marks, or none"
    }
    let parts = text.split { " <>,;".contains($0) }.map(String.init)
    let addresses = parts.filter { AddressNormaliser.address($0) != nil }
    return addresses.count == 1 && parts.count > 1
      ? "write only the address: `\(addresses[0])`"
      : addresses.count > 1 ? "write one address" : nil
  }

  func readableAddress(_ node: Node) -> EmailAddress? {
    if let entry, entry.node == node { return entry.address }
    guard document.kind(of: node) == .scalar else { return nil }
    let bytes = document.bytes(of: node)
    guard bytes.count <= AddressNormaliser.longest else { return nil }
    return AddressNormaliser.plainAddress(bytes)
      ?? AddressNormaliser.address(String(decoding: bytes, as: UTF8.self))
  }

  /// One address or a list of up to five.
  mutating func addresses(_ node: Node, _ what: String) -> [Marked<EmailAddress>] {
    guard document.kind(of: node) == .sequence else {
      return address(node, what).map { [Marked(value: $0, mark: mark(node))] } ?? []
    }
    let items = items(node)
    if items.count > 5 {
      report(
        .wrongValue,
        "`\(what)` has \(items.count) addresses; the limit is 5",
        at: node
      )
    }
    return items.prefix(5).compactMap { item in
      address(item, what).map { Marked(value: $0, mark: mark(item)) }
    }
  }

  /// A name of the catalog: letters, digits, `-`, `_` and `.`.
  mutating func alias(_ node: Node, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    let isName =
      text.utf8.count <= 100
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
    if isName { return text }
    report(
      .wrongValue,
      "`\(shown(node))` is not a name: use up to 100 letters, digits, `-`, `_` and `.`",
      at: node
    )
    return nil
  }

  /// `app:Role`; with `anyRole` also `app:*` and `*`.
  mutating func resource(_ node: Node, anyRole: Bool = false) -> ResourceReference? {
    guard let text = text(node, "app") else { return nil }
    if anyRole, text == "*" { return ResourceReference(app: "*", role: "*", mark: mark(node)) }
    guard let colon = text.firstIndex(of: ":") else {
      report(
        .wrongValue,
        "`\(shown(node))` has no role",
        at: node,
        hint: "write `\(shown(node)):Role`, or `\(shown(node)):default` for an app without "
          + "roles"
      )
      return nil
    }
    let app = String(text[..<colon])
    let role = String(text[colon...].dropFirst())
    guard !app.isEmpty, !role.isEmpty, role.utf8.count <= 250 else {
      report(.wrongValue, "`\(shown(node))` is not of the form `app:Role`", at: node)
      return nil
    }
    if role == "*", !anyRole {
      report(.wrongValue, "`\(shown(node))` means every role; a grant must name one", at: node)
      return nil
    }
    return ResourceReference(app: app, role: role, mark: mark(node))
  }

  /// A path that stays inside the folder.
  mutating func relativePath(_ node: Node, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) { return text }
    report(.wrongValue, "`\(shown(node))` is not a path below the folder", at: node)
    return nil
  }

  mutating func link(_ node: Node, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    if text.hasPrefix("https://"), text.utf8.count > 8, text.utf8.allSatisfy({ $0 > 0x20 }) {
      return text
    }
    report(.wrongValue, "`\(what)` must be a URL that begins with `https://`", at: node)
    return nil
  }

  /// The first instant of a day, or a moment with an offset.
  mutating func beginning(_ node: Node, _ what: String) -> Moment? {
    moment(node, what) { $0.start }
  }

  /// The end of a day in UTC, or a moment with an offset.
  mutating func ending(_ node: Node, _ what: String) -> Moment? { moment(node, what) { $0.end } }

  private mutating func moment(
    _ node: Node,
    _ what: String,
    _ instant: (CalendarDay) -> Moment
  ) -> Moment? {
    if let day = day(node) { return instant(day) }
    guard let text = text(node, what) else { return nil }
    if let moment = Moment(text) { return moment }
    report(
      .wrongValue,
      "`\(shown(node))` is not a date (`2027-03-31`) or a time with an offset "
        + "(`2027-03-31T18:00:00+01:00`)",
      at: node,
      hint: hint(forTime: text)
    )
    return nil
  }

  /// `YYYY-MM-DD` without the detour over a text.
  private func day(_ node: Node) -> CalendarDay? {
    guard document.kind(of: node) == .scalar else { return nil }
    let bytes = document.bytes(of: node)
    guard bytes.count == 10 else { return nil }
    var number = 0
    for (index, byte) in bytes.enumerated() {
      if index == 4 || index == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard isDigit(byte) else { return nil }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
      }
    }
    return CalendarDay(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// A day, a moment, or a duration from the merge on.
  mutating func expiry(_ node: Node, _ what: String) -> Ending.Rule? {
    if let day = day(node) { return .at(day.end) }
    guard let text = text(node, what) else { return nil }
    if let moment = Moment(text) { return .at(moment) }
    if let span = Moment.Span(declared: text) { return .afterIntroduction(span) }
    report(
      .wrongValue,
      "`\(shown(node))` is not a date (`2027-03-31`), a time with an offset or a duration (`90d`, "
        + "`12w`)",
      at: node,
      hint: hint(forTime: text) ?? hint(forSpan: text)
    )
    return nil
  }

  mutating func span(_ node: Node, _ what: String) -> Moment.Span? {
    guard let text = text(node, what) else { return nil }
    if let span = Moment.Span(declared: text) { return span }
    report(
      .wrongValue,
      "`\(shown(node))` is not a duration (`30d`, `2w`)",
      at: node,
      hint: hint(forSpan: text)
    )
    return nil
  }

  private func hint(forTime text: String) -> String? {
    if Moment("\(text)Z") != nil { return "add an offset, as in `\(text)+01:00`" }
    let dots = text.split(separator: ".").map(String.init)
    if dots.count == 3, dots[2].utf8.count == 4, let day = Int(dots[0]), let month = Int(dots[1]),
      let year = Int(dots[2]), let date = CalendarDay(year: year, month: month, day: day)
    {
      return "write `\(date)`"
    }
    let parts = text.split(separator: "-")
    let isDate =
      text.utf8.count == 10 && parts.count == 3 && parts.allSatisfy { $0.utf8.allSatisfy(isDigit) }
    return isDate ? "there is no such day" : nil
  }

  private func hint(forSpan text: String) -> String? {
    guard let unit = text.utf8.last, let count = Int(text.dropLast()), (1...100).contains(count)
    else { return nil }
    switch unit {
    case UInt8(ascii: "m"): return "write months as days: `\(count * 30)d`"
    case UInt8(ascii: "y"): return "write years as days: `\(count * 365)d`"
    default: return nil
    }
  }

  /// A duration, or `never`; the outer `nil` is neither.
  mutating func spanOrNever(_ node: Node, _ what: String) -> Moment.Span?? {
    if document.kind(of: node) == .scalar, document.value(of: node, is: "never") {
      return .some(nil)
    }
    return span(node, what).map { .some($0) }
  }
}

extension Moment.Span {
  /// Reads `30d` or `2w`: one to 36,500 days.
  init?(declared text: String) {
    guard let unit = text.utf8.last, text.utf8.count <= 6 else { return nil }
    let digits = text.utf8.dropLast()
    guard !digits.isEmpty,
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let count = Int64(String(digits) ?? "")
    else { return nil }
    let days: Int64
    switch unit {
    case UInt8(ascii: "d"): days = count
    case UInt8(ascii: "w"): days = count * 7
    default: return nil
    }
    guard (1...36_500).contains(days) else { return nil }
    self = .days(days)
  }
}
