internal import Access
internal import Execution
internal import Platform

/// One line on a terminal that says how far a run has come, and nothing anywhere else.
final class ProgressLine: Sendable {
  private struct Count {
    var total = 0
    var settled = 0
    var wave = ""
  }

  private let console: Console
  private let count = Locked(Count())

  init(_ console: Console) { self.console = console }

  func show(_ progress: Progress) {
    guard console.showsProgress else { return }
    let line: String = count.withLock { count in
      switch progress {
      case .lookingUp(let number): return "looking up \(number) writes of an earlier run"
      case .began(let total): count.total = total
      case .wave(let wave, _): count.wave = "\(wave): "
      case .sent: break
      case .settled(_, _, let settled): count.settled = settled
      case .stopping: return "stopping: recording what is in flight"
      }
      return "\(count.wave)\(count.settled) of \(count.total)"
    }
    console.diagnostic("\r\u{1B}[K\(line)")
  }

  /// Takes the line away again.
  func clear() { if console.showsProgress { console.diagnostic("\r\u{1B}[K") } }
}
