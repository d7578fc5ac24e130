import Access
import Commands
import Platform
import TestSupport

/// What a call wrote, on both streams.
final class Output: Sendable {
  private let bytes = Locked<[UInt8]>([])

  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

  func add(_ text: [UInt8]) { bytes.withLock { $0 += text } }

  /// A context that knows nothing of the machine.
  var context: Context {
    Context(
      environment: [:],
      clock: ManualClock(),
      randomness: SeededRandomness(),
      console: Console(usesColour: false, coloursResults: false, showsProgress: false) { text, _ in
        self.add(text)
      }
    )
  }
}
