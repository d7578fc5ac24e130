internal import Access
internal import YAML

/// Something for which a file is not the YAML that declarations are written in, put in words.
struct FileFault {
  let fault: YAMLFault
  let text: SourceText
  let path: String

  private typealias Words = (rule: DeclarationRule, message: String, hint: String?)

  var finding: Finding {
    if case .syntax = fault.kind, let conflict { return conflict }
    return finding(words, offset: fault.offset, byteCount: fault.byteCount)
  }

  private func finding(_ words: Words, offset: Int, byteCount: Int) -> Finding {
    Finding(
      words.rule,
      .error,
      words.message,
      at: Mark(
        file: 0,
        offset: UInt32(truncatingIfNeeded: offset),
        length: UInt32(truncatingIfNeeded: byteCount)
      ),
      in: text,
      path: path,
      hint: words.hint
    )
  }

  private var words: Words {
    switch fault.kind {
    case .invalidUTF8: (.encoding, "the file is not UTF-8", "save it as UTF-8")
    case .forbiddenCharacter(let scalar):
      (
        .forbiddenCharacter, "the character \(Self.codePoint(scalar)) is not allowed",
        "delete it; editors do not show it"
      )
    case .forbiddenEscape(let scalar):
      (.forbiddenCharacter, "the escaped character \(Self.codePoint(scalar)) is not allowed", nil)
    case .byteOrderMark: (.byteOrderMark, "the file has a byte-order mark", "save it without one")
    case .tooManyBytes(let limit): (.tooLarge, "the file is larger than \(limit) bytes", nil)
    case .tooManyNodes(let limit): (.tooLarge, "the file has more than \(limit) values", nil)
    case .tooDeep(let limit): (.tooDeep, "lists and mappings nest deeper than \(limit)", nil)
    case .anchor, .alias:
      (
        .anchor, "YAML anchors and aliases are not supported",
        "write the value out, or use a bundle"
      )
    case .tag: (.tag, "YAML tags are not supported", "remove it: the key decides the type")
    case .directive: (.document, "YAML directives are not supported", "remove the line")
    case .secondDocument:
      (.document, "a file must hold one YAML document", "move the second to a file of its own")
    case .mergeKey: (.mergeKey, "YAML merge keys are not supported", "write the keys out")
    case .compoundKey: (.wrongKind, "a key must be a string", nil)
    case .syntax(let problem): syntax(problem)
    }
  }

  /// libyaml says what it expected; what people did is seen from the text around it.
  private func syntax(_ problem: String) -> Words {
    let (line, column) = text.position(of: fault.offset)
    let scalars = (text.line(line) ?? "").unicodeScalars
    let before = String(String.UnicodeScalarView(scalars.prefix(column - 1)))
    let after = String(String.UnicodeScalarView(scalars.dropFirst(column - 1)))
    switch text.bytes.dropFirst(fault.offset).first {
    case 0x09: return (.syntax, "a tab cannot indent YAML; use spaces", nil)
    case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"):
      return needsQuotes("that begins with `\(after.prefix(1))`", after)
    case UInt8(ascii: ":"):
      guard let value = before.firstRange(of: ": ")?.upperBound else {
        let hint = "align it with the key above"
        return (.syntax, "this key is not indented like the keys around it", hint)
      }
      return needsQuotes("with a colon and a space in it", before[value...] + after)
    case nil:
      let hint = "look for a missing `]`, `}` or quotation mark"
      return (.syntax, "the file ends inside a list, a mapping or a text", hint)
    default: break
    }
    if before.last == "*" { return needsQuotes("that begins with `*`", "*\(after)") }
    return (.syntax, "not valid YAML: \(problem)", nil)
  }

  private func needsQuotes(_ what: String, _ rest: some StringProtocol) -> Words {
    let isPlain = !rest.contains { "\"\\#,[]{}".contains($0) }
    let hint = isPlain ? "write `\"\(rest.trimmed)\"`" : "put it in quotes"
    return (.syntax, "a text \(what) needs quotes", hint)
  }

  /// What git leaves in a file that two branches changed.
  private var conflict: Finding? {
    let marker = Array("<<<<<<< ".utf8)
    var start = 0
    for line in text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: marker) {
        let words: Words = (
          .syntax, "the file has the conflict markers of a merge", "resolve the conflict"
        )
        return finding(words, offset: start, byteCount: line.count)
      }
      start += line.count + 1
    }
    return nil
  }

  static func codePoint(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

extension StringProtocol {
  fileprivate var trimmed: SubSequence {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
    return self[start..<end]
  }
}
