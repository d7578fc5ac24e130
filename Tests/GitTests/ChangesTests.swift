import Git
import TestSupport
import Testing

@Suite struct ChangesTests {
  @Test func `two trees differ as git says, over random edits`() async throws {
    let scratch = try await Scratch()
    var random = Sequence64(seed: 42)
    var files: [String: String] = [:]
    var commits: [String] = []
    for number in 0..<40 {
      var edits: [String: String?] = [:]
      for _ in 0...random.below(4) {
        let name = Self.names[random.below(Self.names.count)]
        // A file and a folder cannot have one name in a work tree.
        let clashes = files.keys.contains {
          $0 != name && ($0.hasPrefix(name + "/") || name.hasPrefix($0 + "/"))
        }
        if clashes || edits.keys.contains(name) { continue }
        let text = random.below(4) == 0 ? nil : "\(number) \(random.below(3))"
        if text == nil, files[name] == nil { continue }
        files[name] = text
        edits[name] = .some(text)
      }
      commits.append(try await scratch.git.commit("\(number)", files: edits))
    }
    let repository = try scratch.open()
    for _ in 0..<60 {
      let (old, new) = (commits[random.below(40)], commits[random.below(40)])
      let expected = try await scratch.git.git("diff-tree", "-r", "--no-renames", old, new)
      let ours = try repository.changes(
        from: repository.commit(Scratch.id(old)).tree,
        to: repository.commit(Scratch.id(new)).tree
      )
      #expect(ours.map(Self.line) == expected.split(separator: "\n").map(String.init))
    }
  }

  // Names whose order as files and as folders differs, and folders inside folders.
  private static let names = [
    "a", "a.b", "a/x", "a/y/z", "a-", "a0", "b/c", "b/d", "b.yaml", "c", "c/d/e/f", "c/d/g", "z",
  ]

  private static func line(_ change: TreeChange) -> String {
    func mode(_ file: TreeFile?) -> String { file == nil ? "000000" : "100644" }
    func id(_ file: TreeFile?) -> String { file?.id.hex ?? String(repeating: "0", count: 40) }
    let letter = change.old == nil ? "A" : change.new == nil ? "D" : "M"
    return ":\(mode(change.old)) \(mode(change.new)) \(id(change.old)) \(id(change.new))"
      + " \(letter)\t\(change.path)"
  }

  @Test func `equal trees, and the empty tree, are told apart without reading`() async throws {
    let scratch = try await Scratch()
    let commit = try Scratch.id(try await scratch.git.commit("one", files: ["a/b": "x", "c": "y"]))
    let repository = try scratch.open()
    let tree = try repository.commit(commit).tree
    #expect(try repository.changes(from: tree, to: tree).isEmpty)
    #expect(try repository.changes(from: nil, to: nil).isEmpty)
    #expect(try repository.changes(from: nil, to: tree).map(\.path.description) == ["a/b", "c"])
    #expect(try repository.changes(from: tree, to: nil).allSatisfy { $0.new == nil })
  }
}

/// The same numbers from the same seed, everywhere (xorshift).
struct Sequence64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}
