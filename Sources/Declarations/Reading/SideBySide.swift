/// Work that is spread over all cores, a little ahead of what takes the results.
enum SideBySide {
  /// How many pieces are on their way at once: enough for every core, and few enough that what they
  /// hold does not count.
  static let ahead = 8

  /// Transforms what a source yields, and hands the results over in the source's order.
  ///
  /// The source is asked for the next piece only when there is room for it, and again after it had
  /// none.
  static func transform<Piece: Sendable, Result: Sendable>(
    _ next: () -> Piece?,
    _ transform: @escaping @Sendable (Piece) async -> Result,
    take: (Result) -> Void
  ) async {
    await withTaskGroup(of: (Int, Result).self) { group in
      var (started, taken) = (0, 0)
      var waiting: [Int: Result] = [:]
      while true {
        if started - taken < ahead, let piece = next() {
          let number = started
          group.addTask { (number, await transform(piece)) }
          started += 1
          continue
        }
        guard let (number, result) = await group.next() else { break }
        waiting[number] = result
        while let result = waiting.removeValue(forKey: taken) {
          take(result)
          taken += 1
        }
      }
    }
  }
}
