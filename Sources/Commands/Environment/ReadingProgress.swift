internal import Access
internal import Platform

/// How far a long reading of a tenant has come: one line on a terminal, elsewhere one every ten
/// seconds.
final class ReadingProgress: Sendable {
  private let console: Console
  private let clock: any Access.Clock
  private let last: Locked<Moment>

  init(_ context: Context) {
    console = context.console
    clock = context.clock
    last = Locked(context.clock.now())
  }

  func show(_ answered: Int, _ waiting: Int) {
    let line = "reading the tenant: \(answered) of \(answered + waiting) requests"
    if console.showsProgress {
      console.diagnostic("\r\u{1B}[K\(line)")
      return
    }
    let now = clock.now()
    let isDue = last.withLock { last in
      guard now.seconds - last.seconds >= 10 else { return false }
      last = now
      return true
    }
    if isDue { console.note(line) }
  }

  /// Takes the line away again.
  func clear() { if console.showsProgress { console.diagnostic("\r\u{1B}[K") } }
}
