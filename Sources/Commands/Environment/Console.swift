package import Platform
internal import Reporting

/// Where a run prints: results to the standard output, everything else to the standard error.
///
/// Text from outside is escaped by the renderer that made the text; the console adds nothing to it.
package struct Console: Sendable {
  private let write: @Sendable ([UInt8], Terminal.Stream) -> Void
  /// Whether what goes to the errors is coloured.
  package let usesColour: Bool
  /// Whether results are coloured; a person may watch one stream and send the other to a file.
  package let coloursResults: Bool
  /// The width of the terminal that results go to; 80 where it is not one.
  package let columns: Int
  /// Whether somebody may be watching, so that progress is worth drawing.
  package let showsProgress: Bool
  package let isQuiet: Bool
  private let isVerbose: Bool

  package init(
    usesColour: Bool,
    coloursResults: Bool,
    columns: Int = 80,
    showsProgress: Bool,
    isQuiet: Bool = false,
    isVerbose: Bool = false,
    write: @escaping @Sendable ([UInt8], Terminal.Stream) -> Void
  ) {
    self.usesColour = usesColour
    self.coloursResults = coloursResults
    self.columns = columns
    self.showsProgress = showsProgress
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    self.write = write
  }

  /// Writes a result, as it is.
  package func result(_ text: String) { write(Array(text.utf8), .output) }

  /// Writes a line about the run, unless the user asked for quiet.
  package func note(_ line: String) { if !isQuiet { write(Array("\(line)\n".utf8), .error) } }

  /// Writes a line that only helps to find a fault.
  package func detail(_ line: String) { if isVerbose { note(line) } }

  /// Writes what went wrong and what to do; what may come from outside is escaped here.
  package func failure(_ error: String, hints: [String]) {
    let mark = usesColour ? "\u{1B}[1;31merror:\u{1B}[0m" : "error:"
    var text = "\(mark) \(TerminalText.escape(error))\n"
    for hint in hints { text += "hint: \(TerminalText.escape(hint))\n" }
    write(Array(text.utf8), .error)
  }

  /// Writes lines of any kind to the errors, as they are.
  package func diagnostic(_ text: String) { write(Array(text.utf8), .error) }

  /// The same console with the choices of one call.
  package func with(colour: Bool, quiet: Bool, verbose: Bool) -> Console {
    Console(
      usesColour: usesColour && colour,
      coloursResults: coloursResults && colour,
      columns: columns,
      showsProgress: showsProgress && !quiet,
      isQuiet: quiet,
      isVerbose: verbose,
      write: write
    )
  }
}
