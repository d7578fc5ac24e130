import FoundationEssentials
import Platform
import TestSupport
import Testing

@Suite struct ReadmeTests {
  /// The blocks of the README that follow a marker, in order.
  private static func blocks(after marker: String) throws -> [String] {
    let parts = #filePath.split(separator: "/").dropLast(3)
    let readme = "/" + parts.joined(separator: "/") + "/README.md"
    let text = String(decoding: try Data(contentsOf: URL(filePath: readme)), as: UTF8.self)
    return text.split(separator: marker, omittingEmptySubsequences: true)
      .dropFirst()
      .compactMap { $0.split(separator: "\n```", maxSplits: 1).first.map(String.init) }
  }

  @Test func `every line of the walk works as it is written, as often as one likes`() async throws {
    let blocks = try Self.blocks(after: "<!-- walk -->\n```sh\n")
    try #require(blocks.count == 6)
    let folder = try TemporaryFolder()
    let programs = try Programs.built("guestlist")
    let bin = programs.prefix(upTo: programs.lastIndex(of: "/") ?? programs.startIndex)
    var environment = Programs.environment(
      home: folder.path,
      adding: [
        "TMPDIR": folder.path("tmp"), "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@contoso.example",
        "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@contoso.example",
      ]
    )
    // The emulator that the walk finds is the real one, told to keep what it answers.
    let log = folder.path("requests.jsonl")
    try folder.write(
      "bin/graph-emulator",
      "#!/bin/sh\nexec \(try Programs.built("graph-emulator")) \"$@\" --requests '\(log)'\n"
    )
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o700],
      ofItemAtPath: folder.path("bin/graph-emulator")
    )
    environment["PATH"] = "\(folder.path("bin")):\(bin):\(environment["PATH"] ?? "")"
    let script =
      "set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n"
      + blocks.joined(separator: "\n")
    try FileManager.default.createDirectory(
      atPath: folder.path("tmp"),
      withIntermediateDirectories: false
    )
    for _ in 1...2 {
      let said = try await run(script, environment, in: folder)
      #expect(said.contains("Plan: 2 to invite, 4 to grant."))
      #expect(said.contains("1 to block"))
      #expect(said.contains("Plan: 1 to invite, 1 to grant."))
      #expect(said.contains("No changes: the tenant matches"))
      for line in try Self.blocks(after: "<!-- plan -->\n```text\n")[0].split(separator: "\n") {
        #expect(said.contains("\(line)\n"), "the README shows what no plan prints: \(line)")
      }
    }
    #expect(ReplyLog.violations(inFile: log) == [])
  }

  /// Runs the walk, and returns what it printed.
  private func run(
    _ script: String,
    _ environment: [String: String],
    in folder: TemporaryFolder
  ) async throws -> String {
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let child = ChildProcess(
      "bash",
      ["-c", script],
      environment: environment,
      folder: folder.path
    )
    let done = try await child.run(timeout: .seconds(120))
    let said = String(decoding: done.output, as: UTF8.self)
    #expect(done.isSuccess, "\(said)\(String(decoding: done.errors, as: UTF8.self))")
    let after = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    #expect(Set(after).subtracting(before).subtracting(["requests.jsonl"]).isEmpty)
    return said
  }
}
