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

  @Test func `without a commit the work tree can be checked`() async throws {
    let run = try await validate([], files: [])
    #expect(run.code == 1)
    #expect(run.errors.contains("branch `main` has no commit yet"), "\(run.errors)")
    #expect(run.errors.contains("guestlist validate --worktree"), "\(run.errors)")
  }

  @Test func `every finding is shown with its place, its line and a hint`() async throws {
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

  @Test func `the work tree is read as it is`() async throws {
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

  @Test(arguments: ["desired-state", "access/deeper"])
  func `a folder of the work tree that is a link, or below one, is not followed`(
    _ path: String
  ) async throws {
    let folder = try TemporaryFolder()
    let repository = try await GitFixture(at: folder.path("access"), home: folder.path)
    try folder.write("outside/guestlist.yaml", SmallTenant.policy())
    try folder.write("outside/deeper/guestlist.yaml", SmallTenant.policy())
    let name = String(path.prefix { $0 != "/" })
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/\(name)",
      withDestinationPath: folder.path("outside")
    )
    try await repository.git("add", name)
    try await repository.git("commit", "--quiet", "--message", "a link")
    let child = ChildProcess(
      try Programs.built("guestlist"),
      ["validate", "--worktree", "--path", path],
      environment: Programs.environment(home: folder.path),
      folder: repository.path
    )
    let run = try await child.run(timeout: .seconds(120))
    #expect(run.status == .exited(1))
    #expect(String(decoding: run.errors, as: UTF8.self).contains("`\(name)` is a symbolic link"))
  }

  @Test func `with a base, what is loosened and used in one change is named first`() async throws {
    let strict = SmallTenant.policy().replacing(
      "domains: [fabrikam.example]}",
      with: "domains: [fabrikam.example], allows: {groups: [suppliers]}}"
    )
    let base: [String: String?] = [
      "desired-state/guestlist.yaml": strict,
      "desired-state/guests.yaml": "guests:\n  - {email: ana@fabrikam.example}\n",
    ]
    let alone = try await validate([], files: [base, good])
    #expect(alone.code == 0, "\(alone.output)")
    let compared = try await validate(["--base", "HEAD~1"], files: [base, good])
    #expect(compared.code == 0, "\(compared.output)")
    let first = compared.output.split(separator: "\n").first ?? ""
    #expect(first.contains("high risk: partner `fabrikam` is allowed more"), "\(compared.output)")
    #expect(
      compared.output.contains("2 guests use a rule that the same change loosens"),
      "\(compared.output)"
    )
    let none: [String: String?] = ["README": "nothing is declared yet"]
    let new = try await validate(["--base", "HEAD~1"], files: [none, good])
    #expect(new.code == 0 && !new.output.contains("high risk"), "\(new.output)")
  }

  @Test func `of too many guests the last that a commit brought are skipped`() async throws {
    let limited = SmallTenant.policy().replacing(
      "domains: [fabrikam.example]}",
      with: "domains: [fabrikam.example], limits: {guests: 2}}"
    )
    func guests(_ names: String...) -> [String: String?] {
      let lines = names.map { "  - {email: \($0)@fabrikam.example, groups: [suppliers]}\n" }
      return ["desired-state/guests.yaml": "guests:\n" + lines.joined()]
    }
    let first = guests("malin", "zoe").merging(["desired-state/guestlist.yaml": limited]) { $1 }
    let run = try await validate([], files: [first, guests("ana", "malin", "zoe")])
    #expect(run.code == 3, "\(run.output)")
    #expect(run.output.contains("has 3 guests; the limit is 2"), "\(run.output)")
    #expect(run.output.contains("the last added are skipped: `ana@fabrikam.example`"))
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
