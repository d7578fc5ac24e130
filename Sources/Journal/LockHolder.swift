package import Access

/// Who works on a tenant, as the lock tells the next one who comes.
package struct LockHolder: Hashable, Sendable {
  package let host: String
  package let processID: Int
  package let since: Moment
  /// The command as it was given (`guestlist apply --confirm`), without anything secret.
  package let command: String

  package init(host: String, processID: Int, since: Moment, command: String) {
    self.host = Self.line(host)
    self.processID = processID
    self.since = since
    self.command = Self.line(command)
  }

  /// Reads what `text` gives; `nil` for anything else.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 5, lines[4].isEmpty, let processID = Int(lines[1]),
      let seconds = Int64(lines[2])
    else { return nil }
    self.init(
      host: String(lines[0]),
      processID: processID,
      since: Moment(seconds: seconds),
      command: String(lines[3])
    )
  }

  /// Four lines: host, process, seconds, command.
  var text: String { "\(host)\n\(processID)\n\(since.seconds)\n\(command)\n" }

  // The text goes to a file that others read and print: one line each, without controls.
  private static func line(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(500) {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      kept.append(isControl ? " " : scalar)
    }
    return String(kept)
  }
}

extension LockHolder: CustomStringConvertible {
  package var description: String {
    "`\(command)`, process \(processID) on \(host), since \(since)"
  }
}
