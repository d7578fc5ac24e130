/// The room that is left in a comment, given out row by row.
struct MarkdownBudget {
  /// A folded part of a comment whose rows may be omitted from the end.
  struct Block {
    var opening: String
    var rows: [String]
    var closing: String

    /// A table behind a line that unfolds it; title and cells are Markdown already.
    init(_ title: String, columns: [String], rows: [[String]]) {
      opening =
        "<details><summary>\(title)</summary>\n\n"
        + "| \(columns.joined(separator: " | ")) |\n"
        + "|\(String(repeating: "---|", count: columns.count))\n"
      self.rows = rows.map { "| \($0.joined(separator: " | ")) |\n" }
      closing = "\n</details>\n\n"
    }
  }

  private var remaining: Int
  private var omitted = 0

  /// Room for the sentence that says what was omitted.
  private static let reserve = 400

  init(limit: Int) { remaining = limit - Self.reserve }

  /// Gives out what a comment has room for besides its head and its tail.
  init(besides head: String, _ tail: String) {
    self.init(limit: Self.comment - head.utf8.count - tail.utf8.count)
  }

  /// Bytes of UTF-8; forges refuse a comment of more than 65,536 characters.
  static let comment = 60_000

  /// Returns as much of a block as there is room for, and remembers how many rows did not fit.
  mutating func take(_ block: Block) -> String {
    let frame = block.opening.utf8.count + block.closing.utf8.count
    guard let first = block.rows.first else { return "" }
    guard remaining >= frame + first.utf8.count else {
      omitted += block.rows.count
      return ""
    }
    remaining -= frame
    var output = block.opening
    for (index, row) in block.rows.enumerated() {
      guard remaining >= row.utf8.count else {
        omitted += block.rows.count - index
        break
      }
      remaining -= row.utf8.count
      output += row
    }
    return output + block.closing
  }

  /// Says what did not fit and where it is; empty where everything did.
  func pointer(_ whole: String) -> String {
    guard omitted > 0 else { return "" }
    return "**\(Wording.count(omitted, "more line")) did not fit into this comment.** The whole "
      + "\(whole) is in what the run printed, and in its JSON form (`--format json --output FILE`).\n\n"
  }

  /// Returns text cut to a number of scalars, with an ellipsis where something is missing, so that
  /// one long name cannot use up the comment.
  static func cut(_ text: String, to count: Int = 300) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }
}
