/// The number that a forge writes into a subject when it merges.
///
/// GitHub: `Merge pull request #12 from …`, `… (#12)`; GitLab: `See merge request group/project!12`
/// on a line of its own; Azure DevOps: `Merged PR 12: …`, `Merge pull request 12 from …`; Bitbucket:
/// `Merged in … (pull request #12)`, `Pull request #12: …`. A claim, like everything in a message.
enum PullRequestNumber {
  /// Finds the number; `nil` where the message has none of these forms.
  static func find(subject: String, message: String) -> Int? {
    leading(subject) ?? trailing(subject) ?? mergeRequest(message)
  }

  private static func leading(_ subject: String) -> Int? {
    for prefix in ["Merge pull request ", "Merged PR ", "Pull request "]
    where subject.hasPrefix(prefix) {
      let rest = subject.dropFirst(prefix.count)
      return number(rest.first == "#" ? rest.dropFirst() : rest) { rest in
        rest.isEmpty || rest.first == ":" || rest.first == " "
      }
    }
    return nil
  }

  private static func trailing(_ subject: String) -> Int? {
    guard subject.last == ")", let open = subject.lastIndex(of: "(") else { return nil }
    var inside = subject[open...].dropFirst().dropLast()
    if inside.hasPrefix("pull request ") { inside = inside.dropFirst("pull request ".count) }
    guard let mark = inside.first, mark == "#" || mark == "!" else { return nil }
    return number(inside.dropFirst()) { $0.isEmpty }
  }

  private static func mergeRequest(_ message: String) -> Int? {
    // Few messages have the mark, and splitting text at its line ends takes its time.
    guard message.utf8.contains(UInt8(ascii: "!")) else { return nil }
    for line in message.split(whereSeparator: \.isNewline).reversed() {
      guard line.hasPrefix("See merge request "), let mark = line.lastIndex(of: "!") else {
        continue
      }
      return number(line[mark...].dropFirst()) { $0.allSatisfy(\.isWhitespace) }
    }
    return nil
  }

  /// Reads digits that something acceptable follows.
  private static func number(_ text: Substring, then accepts: (Substring) -> Bool) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.utf8.count <= 9, accepts(text[digits.endIndex...])
    else { return nil }
    return Int(digits)
  }
}
