import Platform
import TestSupport
import Testing

@Suite struct FmtTests {
  /// Runs `guestlist fmt` in a repository with one file of guests.
  private func fmt(
    _ arguments: [String],
    _ guests: String
  ) async throws -> (code: Int, output: String, errors: String, guests: String) {
    let folder = try TemporaryFolder()
    let repository = try await GitFixture(at: folder.path("access"), home: folder.path)
    try await repository.commit("Empty")
    try repository.write("desired-state/guests.yaml", guests)
    let child = ChildProcess(
      try Programs.built("guestlist"),
      ["fmt"] + arguments,
      environment: Programs.environment(home: folder.path),
      folder: repository.path
    )
    let done = try await child.run(timeout: .seconds(120))
    guard case .exited(let code) = done.status else { throw Killed() }
    return (
      code, String(decoding: done.output, as: UTF8.self),
      String(decoding: done.errors, as: UTF8.self),
      try folder.read("access/desired-state/guests.yaml")
    )
  }

  private struct Killed: Error {}

  private let flow = "guests: [{name: Ana, email: ana@acme.example}] # all\n"
  private let block = "guests: # all\n  - email: ana@acme.example\n    name: Ana\n"

  @Test func `a file is rewritten, named, and rewritten once only`() async throws {
    let run = try await fmt([], flow)
    #expect(run.code == 0)
    #expect(run.output == "desired-state/guests.yaml\n")
    #expect(run.guests == block)
    let again = try await fmt([], block)
    #expect(again.code == 0 && again.output.isEmpty && again.guests == block)
  }

  @Test func `with check, nothing is written, and something to do is an error`() async throws {
    let run = try await fmt(["--check"], flow)
    #expect(run.code == 1)
    #expect(run.output == "desired-state/guests.yaml\n")
    #expect(run.guests == flow)
    #expect(try await fmt(["--check"], block).code == 0)
  }

  @Test func `a file that is not valid is left as it is`() async throws {
    let run = try await fmt([], "guests: [\n")
    #expect(run.code == 1)
    #expect(run.errors.contains("`desired-state/guests.yaml` is left as it is"))
    #expect(run.guests == "guests: [\n")
  }

  @Test func `a schema beside the declarations is named in the first line`() async throws {
    let desk = try await OfflineDesk(["guestlist.schema.json": "{}"])
    let comment = "# yaml-language-server: $schema=../../guestlist.schema.json\n"
    let own = "# yaml-language-server: $schema=https://contoso.example/s.json\n"
    try desk.repository.write("desired-state/p/guests.yaml", flow)
    try desk.repository.write("desired-state/p/own.yaml", own + flow)
    for _ in 0..<2 {
      #expect(try await desk.guestlist("fmt").code == 0)
      #expect(try desk.folder.read("access/desired-state/p/guests.yaml") == comment + block)
      #expect(try desk.folder.read("access/desired-state/p/own.yaml") == own + block)
    }
    #expect(try await desk.guestlist("fmt", "--check").code == 0)
  }
}
