import Platform
import Testing

@testable import YAML

struct SourceTextTests {
  @Test func `a column counts characters, however long the line is and wherever they fall`() {
    // Characters of one to four bytes, so that some are across the ends of every block.
    let piece = "aé€\u{1F600}b"
    let text = "ü\n" + String(repeating: piece, count: 700) + "\r\n" + piece
    let source = SourceText(Array(text.utf8))
    #expect(source.faults == [])
    var offset = 0
    var (line, column) = (1, 1)
    for scalar in text.unicodeScalars {
      #expect(source.position(of: offset) == (line, column))
      offset += String(scalar).utf8.count
      column += 1
      if scalar == "\n" { (line, column) = (line + 1, 1) }
    }
    #expect(source.position(of: offset) == (3, 6))
    #expect(source.length(from: 3, to: 3 + 11 * 200) == 1000)
  }

  @Test func `an entry late in a line of megabytes has its place as quickly as an early one`() {
    let entry = "{email: né@fabrikam.example, groups: [suppliers]}, "
    let source = SourceText(Array(String(repeating: entry, count: 40_000).utf8))
    let started = SystemTime.threadSeconds()
    var columns = 0
    for number in 0..<40_000 {
      columns = source.position(of: number * entry.utf8.count).column
    }
    #expect(columns == 39_999 * entry.unicodeScalars.count + 1)
    // A debug build; reading the line up to every entry takes minutes.
    #expect(SystemTime.threadSeconds() - started < 30)
  }
}
