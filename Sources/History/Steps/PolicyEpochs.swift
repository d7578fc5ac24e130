/// Numbers the steps of a chain so that equal numbers mean equal policies.
struct PolicyEpochs {
  private var numbers: [Int]
  private var latest: Int
  /// The last step that could be read.
  private var standing: Standing?

  private struct Standing {
    /// The folder that named the tenant; `nil` where none did.
    var folder: Int?
    var number: Int
  }

  /// Begins, or goes on behind the steps that have numbers.
  init(after numbers: [Int] = []) {
    self.numbers = numbers
    latest = numbers.max() ?? -1
  }

  /// Says which step is the last one that could be read, and which folder counted there.
  mutating func stand(at step: Int, folder: Int?) {
    guard numbers.indices.contains(step) else { return }
    standing = Standing(folder: folder, number: numbers[step])
  }

  /// Numbers a step that can be read; `isChanged` says whether its policy is another one than that
  /// of the last step that could.
  mutating func add(folder: Int?, isChanged: Bool) -> Int {
    let isSame = standing?.folder == folder && !isChanged
    let number = isSame ? standing?.number ?? fresh() : fresh()
    standing = Standing(folder: folder, number: number)
    numbers.append(number)
    return number
  }

  /// Numbers a step that cannot be read; `isSame` says whether it has the files of the step before.
  mutating func addUnreadable(isSame: Bool) -> Int {
    let number = isSame ? numbers.last ?? fresh() : fresh()
    numbers.append(number)
    return number
  }

  private mutating func fresh() -> Int {
    latest += 1
    return latest
  }
}
