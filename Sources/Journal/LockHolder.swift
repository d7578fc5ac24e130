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

/// What the file of a lock says: the holder, where it runs, and when it last gave a sign of life.
struct LockClaim {
  let holder: LockHolder
  /// The run of the kernel in which the holder lives (`SystemTime.bootID`).
  let boot: String
  var lastSign: Moment

  /// How often a holder that writes renews its sign.
  static let interval = Moment.Span.minutes(1)
  /// How long a holder on another machine counts as alive without one.
  static let patience = Moment.Span.minutes(15)

  init(holder: LockHolder, boot: String, lastSign: Moment) {
    self.holder = holder
    self.boot = boot
    self.lastSign = lastSign
  }

  /// When the holder counts as dead, without another sign.
  var end: Moment { lastSign + Self.patience }

  /// Whether a holder that left its claim behind may still be at work, although the lock is free.
  ///
  /// On one kernel a free lock says that its process has ended. Between machines a file system does
  /// not always carry locks.
  func mayLive(on boot: String, now: Moment) -> Bool { self.boot != boot && now < end }

  /// Reads what `text` gives; `nil` for anything else.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 7, lines[6].isEmpty, let processID = Int(lines[1]),
      let since = Int64(lines[2]), let lastSign = Int64(lines[5])
    else { return nil }
    self.init(
      holder: LockHolder(
        host: String(lines[0]),
        processID: processID,
        since: Moment(seconds: since),
        command: String(lines[3])
      ),
      boot: String(lines[4]),
      lastSign: Moment(seconds: lastSign)
    )
  }

  /// Six lines: host, process, seconds, command, boot, seconds of the last sign.
  var text: String {
    "\(holder.host)\n\(holder.processID)\n\(holder.since.seconds)\n\(holder.command)\n\(boot)\n"
      + "\(lastSign.seconds)\n"
  }
}
