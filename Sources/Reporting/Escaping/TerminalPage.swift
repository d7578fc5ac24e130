/// How text looks on a terminal: how wide it may be, and whether it has colour.
///
/// Meaning never depends on either.
package struct TerminalStyle: Hashable, Sendable {
  package var isColoured: Bool
  /// The width of the terminal.
  package var columns: Int

  package init(isColoured: Bool, columns: Int = 80) {
    self.isColoured = isColoured
    self.columns = max(40, columns)
  }

  /// Text without any colour, as it goes to files.
  package static let plain = Self(isColoured: false)

  /// The looks that reports use.
  enum Look: String {
    case bold = "1"
    case faint = "2"
    case added = "32"
    case changed = "33"
    case removed = "31"
    case error = "1;31"
    case warning = "1;33"
    case note = "1;36"
  }
}

/// A text for a terminal or the log of a build, made line by line.
///
/// Everything that is printed goes through here as it was written, and is escaped as a whole line
/// before it is cut to the width: what is escaped in pieces becomes a command again where the
/// pieces meet.
struct TerminalPage {
  /// A part of a line in one look.
  struct Span: ExpressibleByStringInterpolation {
    var text: String
    var look: TerminalStyle.Look?

    init(_ text: String, _ look: TerminalStyle.Look? = nil) {
      self.text = text
      self.look = look
    }

    init(stringLiteral value: String) { self.init(value) }
  }

  private(set) var text = ""
  private(set) var lineCount = 0
  let style: TerminalStyle
  /// False for what programs read line by line too: nothing is wrapped then.
  let isWrapped: Bool

  init(_ style: TerminalStyle, wrapped: Bool = true) {
    self.style = style
    isWrapped = wrapped
  }

  /// Adds one line, wrapped at its spaces.
  ///
  /// Lines after the first are indented by `hanging`. What is `trailing` is to the right of the
  /// last line, in a column of its own where there is room for that.
  mutating func add(_ spans: [Span], hanging: Int = 0, trailing: [Span] = []) {
    var row = Row(limit: isWrapped ? style.columns : .max, hanging: hanging)
    row.add(Self.cells(of: spans))
    if !trailing.isEmpty { row.align(Self.cells(of: trailing)) }
    for line in row.lines {
      write(line)
      text += "\n"
    }
    lineCount += row.lines.count
  }

  mutating func add(_ spans: Span..., hanging: Int = 0) { add(spans, hanging: hanging) }

  /// Adds an empty line, unless the page is empty or ends with one.
  mutating func separate() {
    guard !text.isEmpty, !text.hasSuffix("\n\n") else { return }
    text += "\n"
    lineCount += 1
  }

  /// Adds the lines of another page.
  mutating func append(_ page: TerminalPage) {
    text += page.text
    lineCount += page.lineCount
  }

  /// How many columns a text takes up as the beginning of a line.
  static func width(of text: some StringProtocol) -> Int {
    cells(of: [Span(String(text))]).reduce(0) { $0 + TerminalWidth.of($1.scalar) }
  }

  private struct Cell {
    var scalar: Unicode.Scalar
    var look: TerminalStyle.Look?
  }

  /// Returns the scalars of a line with nothing invisible in them, and with no two number signs in
  /// a row: Azure Pipelines obeys `##vso[…]` and GitHub `##[…]` anywhere in a line.
  private static func cells(of spans: [Span]) -> [Cell] {
    var cells: [Cell] = []
    var follows = false
    for span in spans {
      for scalar in InvisibleScalars.escape(span.text).unicodeScalars {
        if scalar == "#", follows {
          cells += "\\u{23}".unicodeScalars.map { Cell(scalar: $0, look: span.look) }
        } else {
          cells.append(Cell(scalar: scalar, look: span.look))
        }
        // A mark on the sign does not keep a log's reader from finding it.
        follows = scalar == "#" || (follows && InvisibleScalars.isCombining(scalar))
      }
    }
    return cells
  }

  private mutating func write(_ line: [Cell]) {
    var look: TerminalStyle.Look?
    for cell in line {
      if style.isColoured, cell.look != look {
        if look != nil { text += "\u{1B}[0m" }
        look = cell.look
        if let look { text += "\u{1B}[\(look.rawValue)m" }
      }
      text.unicodeScalars.append(cell.scalar)
    }
    if look != nil { text += "\u{1B}[0m" }
  }

  /// The lines that one paragraph becomes.
  private struct Row {
    let limit: Int
    let hanging: Int
    private(set) var lines: [[Cell]] = [[]]
    private var width = 0
    /// True until a line has something besides spaces.
    private var isBlank = true

    init(limit: Int, hanging: Int) {
      self.limit = limit
      self.hanging = hanging
    }

    mutating func add(_ cells: [Cell]) {
      var rest = cells[...]
      while !rest.isEmpty {
        let spaces = rest.prefix { $0.scalar == " " }
        let word = rest.dropFirst(spaces.count).prefix { $0.scalar != " " }
        rest = rest.dropFirst(spaces.count + word.count)
        place(Array(word), after: Array(spaces))
      }
    }

    /// Adds what is to the right, where the column for it begins or wherever there is room.
    mutating func align(_ cells: [Cell]) {
      let needed = Self.width(of: cells)
      let stop = limit == .max ? width + 2 : limit - 29
      if width + 2 + needed <= limit {
        pad(to: max(width + 2, min(stop, limit - needed)))
      } else {
        breakLine()
        pad(to: max(hanging, min(stop, limit - needed)))
      }
      add(cells)
    }

    private mutating func place(_ word: [Cell], after spaces: [Cell]) {
      var word = isBlank ? Self.withoutCommand(word) : word
      let needed = Self.width(of: word)
      if width + spaces.count + needed <= limit {
        append(spaces)
        return append(word)
      }
      if !isBlank {
        breakLine()
        word = Self.withoutCommand(word)
      } else {
        append(spaces)
      }
      // Longer than a line: cut where the line ends.
      while !word.isEmpty {
        var count = 0
        var column = width
        while count < word.count, column + TerminalWidth.of(word[count].scalar) <= limit {
          column += TerminalWidth.of(word[count].scalar)
          count += 1
        }
        append(Array(word.prefix(max(1, count))))
        word = Self.withoutCommand(Array(word.dropFirst(max(1, count))))
        if !word.isEmpty { breakLine() }
      }
    }

    private mutating func append(_ cells: [Cell]) {
      lines[lines.count - 1] += cells
      width += Self.width(of: cells)
      isBlank = isBlank && cells.allSatisfy { $0.scalar == " " }
    }

    private mutating func breakLine() {
      lines.append([])
      width = 0
      isBlank = true
      pad(to: hanging)
    }

    private mutating func pad(to column: Int) {
      append(Array(repeating: Cell(scalar: " ", look: nil), count: max(0, column - width)))
    }

    /// Returns a word that begins a line; GitHub obeys `::…::` there.
    private static func withoutCommand(_ word: [Cell]) -> [Cell] {
      guard let first = word.first, first.scalar == ":",
        word.dropFirst().first(where: { !InvisibleScalars.isCombining($0.scalar) })?.scalar == ":"
      else { return word }
      return "\\u{3A}".unicodeScalars.map { Cell(scalar: $0, look: first.look) }
        + word.dropFirst()
    }

    private static func width(of cells: [Cell]) -> Int {
      cells.reduce(0) { $0 + TerminalWidth.of($1.scalar) }
    }
  }
}
