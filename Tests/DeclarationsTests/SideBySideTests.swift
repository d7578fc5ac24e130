import Testing

@testable import Declarations

struct SideBySideTests {
  @Test func `results come in the order of their pieces, whichever is ready first`() async {
    var next = 0
    var taken: [Int] = []
    var farthest = 0
    await SideBySide.transform(
      { () -> Int? in
        guard next < 500 else { return nil }
        next += 1
        farthest = max(farthest, next - taken.count)
        return next
      },
      { piece in
        // Some give way to others before they are done.
        for _ in 0..<piece % 7 { await Task.yield() }
        return piece
      },
      take: { taken.append($0) }
    )
    #expect(taken == Array(1...500))
    #expect(farthest <= SideBySide.ahead)
  }

  @Test func `a source without pieces ends at once`() async {
    var taken = 0
    await SideBySide.transform({ () -> Int? in nil }, { $0 }, take: { taken += $0 })
    #expect(taken == 0)
  }
}
