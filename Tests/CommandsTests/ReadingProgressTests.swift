import Access
import TestSupport
import Testing

@testable import Commands

@Suite struct ReadingProgressTests {
  private func text(isTerminal: Bool, _ body: (ReadingProgress, ManualClock) -> Void) -> String {
    let output = Output()
    let clock = ManualClock()
    var context = output.context
    context.clock = clock
    context.console = Console(
      usesColour: false,
      coloursResults: false,
      showsProgress: isTerminal,
      write: { text, _ in output.add(text) }
    )
    body(ReadingProgress(context), clock)
    return output.text
  }

  @Test func `a terminal has one line, which goes again`() {
    let text = text(isTerminal: true) { progress, _ in
      progress.show(20, 380)
      progress.show(400, 0)
      progress.clear()
    }
    #expect(
      text == "\r\u{1B}[Kreading the tenant: 20 of 400 requests"
        + "\r\u{1B}[Kreading the tenant: 400 of 400 requests\r\u{1B}[K"
    )
  }

  @Test func `elsewhere a line comes every ten seconds`() {
    let text = text(isTerminal: false) { progress, clock in
      progress.show(20, 380)
      clock.advance(by: .seconds(10))
      progress.show(40, 360)
      progress.show(60, 340)
      clock.advance(by: .seconds(9))
      progress.show(80, 320)
      clock.advance(by: .seconds(1))
      progress.show(100, 300)
      progress.clear()
    }
    #expect(
      text
        == "reading the tenant: 40 of 400 requests\nreading the tenant: 100 of 400 requests\n"
    )
  }
}
