import FoundationEssentials
import Platform
import TestSupport
import Testing

@Suite struct ValidateTests {
  /// A repository without any tenant to speak to, and the program in it.
  private func validate(
    _ arguments: [String],
    files: [[String: String?]]
  ) async throws -> (code: Int, output: String, errors: String) {
    let folder = try TemporaryFolder()
    let repository = try await GitFixture(at: folder.path("access"), home: folder.path)
    for (index, commit) in files.enumerated() {
      try await repository.commit("Step \(index)", files: commit)
    }
    let child = ChildProcess(
      try Programs.built("guestlist"),
      ["validate"] + arguments,
      environment: Programs.environment(home: folder.path),
      folder: repository.path
    )
    let done = try await child.run(timeout: .seconds(120))
    guard case .exited(let code) = done.status else { throw Killed() }
    return (
      code, String(decoding: done.output, as: UTF8.self),
      String(decoding: done.errors, as: UTF8.self)
    )
  }

  private struct Killed: Error {}

  private let good: [String: String?] = [
    "desired-state/guestlist.yaml": SmallTenant.policy(),
    "desired-state/guests.yaml": SmallTenant.guests,
  ]
  private let broken: [String: String?] = [
    "desired-state/guests.yaml": """
    guests:
      - {email: ana@fabrikam.example, apps: ["expences:Submitter"]}
      - {email: eve@elsewhere.example}

    """
  ]

  @Test func `good declarations need neither tenant nor credentials`() async throws {
    let run = try await validate([], files: [good])
    #expect(run.code == 0, "\(run.output)\(run.errors)")
  }

  @Test func `every finding is shown with its place, its line and a suggestion`() async throws {
    let run = try await validate([], files: [good, broken])
    #expect(run.code == 3)
    #expect(run.output.contains("desired-state/guests.yaml:2:"), "\(run.output)")
    #expect(run.output.contains("did you mean `expenses`?"), "\(run.output)")
    #expect(run.output.contains("desired-state/guests.yaml:3:"), "\(run.output)")
    #expect(run.output.contains("^"))
  }

  @Test func `formats go to their files, one to the standard output`() async throws {
    let folder = try TemporaryFolder()
    let run = try await validate(
      [
        "--format", "sarif", "--output", folder.path("out.sarif"), "--format", "junit", "--output",
        folder.path("out.xml"), "--format", "github",
      ],
      files: [good, broken]
    )
    #expect(run.code == 3)
    #expect(run.output.contains("::error file=desired-state/guests.yaml,line=2"))
    #expect(try folder.read("out.sarif").contains("\"2.1.0\""))
    #expect(try folder.read("out.xml").contains("<testsuite"))
  }

  @Test func `the work tree is read as it stands`() async throws {
    let folder = try TemporaryFolder()
    let repository = try await GitFixture(at: folder.path("access"), home: folder.path)
    try await repository.commit("Good", files: good)
    try repository.write("desired-state/guests.yaml", "guests: [")
    for (arguments, code) in [(["--worktree"], 3), ([], 0)] {
      let child = ChildProcess(
        try Programs.built("guestlist"),
        ["validate"] + arguments,
        environment: Programs.environment(home: folder.path),
        folder: repository.path
      )
      #expect(try await child.run(timeout: .seconds(120)).status == .exited(code))
    }
  }

  @Test func `Contoso has no findings`() async throws {
    let parts = #filePath.split(separator: "/").dropLast(3)
    let root = "/" + parts.joined(separator: "/")
    let folder = try TemporaryFolder()
    let repository = try await GitFixture(at: folder.path("access"), home: folder.path)
    try FileManager.default.copyItem(
      atPath: "\(root)/desired-state",
      toPath: "\(repository.path)/desired-state"
    )
    repository.now = 1_795_175_760
    try await repository.commit("Contoso")
    let child = ChildProcess(
      try Programs.built("guestlist"),
      ["validate"],
      environment: Programs.environment(home: folder.path),
      folder: repository.path
    )
    let done = try await child.run(timeout: .seconds(120))
    #expect(done.isSuccess, "\(String(decoding: done.output, as: UTF8.self))")
  }
}
