import Declarations
import FoundationEssentials
import Testing

@Suite struct ReferenceTests {
  /// The page of the reference that the decoder's own definitions make.
  private static var page: String {
    """
    # The keys of the declarations

    What a file may say, made from the definitions that the decoder itself uses.

    \(KeyReference.markdown)
    """
  }

  @Test func `the table of keys in the reference is the decoder's own`() throws {
    let parts = #filePath.split(separator: "/").dropLast(3)
    let file = "/" + parts.joined(separator: "/") + "/Sources/Commands/Guestlist.docc/Keys.md"
    if ProcessInfo.processInfo.environment["SNAPSHOTS"] == "record" {
      try Data(Self.page.utf8).write(to: URL(filePath: file))
    }
    let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    #expect(text == Self.page, "record it with SNAPSHOTS=record")
  }
}
