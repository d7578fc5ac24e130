import FoundationEssentials
import Platform
import TestSupport
import Testing

@Suite struct WrongInputTests {
  @Test func `what validate prints about mistakes that people make`() async throws {
    let folder = try TemporaryFolder()
    let repository = try await GitFixture(at: folder.path("access"), home: folder.path)
    try await repository.commit("Empty")
    var text = ""
    let all = WrongInput.syntax + WrongInput.keys + WrongInput.values + WrongInput.rules
    for input in all {
      text += "## \(input.name)\n"
      for (path, bytes) in input.files.sorted(by: { $0.key < $1.key }) {
        text += "\(path):\n\(Self.shown(bytes))"
      }
      text += "\n\(try await Self.validate(input, in: repository, home: folder.path))\n"
    }
    #expect(all.count >= 60)
    try expectSnapshot(text, named: "wrong-inputs.txt")
  }

  /// What `guestlist validate` prints, with its exit code where that is not 0.
  private static func validate(
    _ input: WrongInput,
    in repository: GitFixture,
    home: String
  ) async throws -> String {
    let declarations = "\(repository.path)/desired-state"
    try? FileManager.default.removeItem(atPath: declarations)
    for (path, text) in WrongInput.organisation {
      try repository.write("desired-state/\(path)", text)
    }
    for (path, bytes) in input.files {
      try repository.write("desired-state/\(path)", "")
      try Data(bytes).write(to: URL(filePath: "\(declarations)/\(path)"))
    }
    let child = ChildProcess(
      try Programs.built("guestlist"),
      ["validate", "--worktree"],
      environment: Programs.environment(home: home),
      folder: repository.path
    )
    let done = try await child.run(timeout: .seconds(120))
    let output = String(decoding: done.output + done.errors, as: UTF8.self)
    guard case .exited(let code) = done.status, code != 0 else { return output }
    return output + "exit code \(code)\n"
  }

  /// The lines of a file, with what does not show as its code point.
  private static func shown(_ bytes: [UInt8]) -> String {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .dropLast(bytes.last == 0x0A ? 1 : 0)
    return lines.map { line in
      let scalars = String(decoding: line, as: UTF8.self).unicodeScalars
      let visible = scalars.map {
        $0.value < 0x20 || $0.value >= 0x7F
          ? "<U+\(String($0.value, radix: 16, uppercase: true))>" : String($0)
      }
      return "  | \(visible.joined())\n"
    }.joined()
  }
}
