import FoundationEssentials
import Platform
import TestSupport
import Testing

@Suite struct DiffTests {
  private static let first: [String: String?] = [
    "desired-state/guestlist.yaml": SmallTenant.policy(),
    "desired-state/guests.yaml": "guests:\n  - {email: ana@fabrikam.example}\n",
    "CODEOWNERS": "/desired-state/ @contoso/access\n",
  ]
  private static let second: [String: String?] = [
    "desired-state/guests.yaml": """
    guests:
      - {email: ana@fabrikam.example}
      - {email: bo@fabrikam.example, groups: [suppliers]}

    """
  ]

  private static let newGuest =
    "New guests\n  + bo@fabrikam.example  `group suppliers`  desired-state/guests.yaml:3\n"

  @Test(arguments: ["HEAD~1..HEAD", "HEAD~1..", "HEAD~1", "HEAD~1...HEAD", nil])
  func `a range is two ends, what parted from one, or what the last commit changed`(
    _ range: String?
  ) async throws {
    let desk = try await OfflineDesk(Self.first, Self.second)
    let run =
      if let range { try await desk.guestlist("diff", range) } else {
        try await desk.guestlist("diff")
      }
    #expect(run.code == 0 && run.output.contains(Self.newGuest), "\(run)")
    #expect(run.output.hasSuffix("Changes: 1 new guest.\n"), "\(run)")
  }

  @Test func `a branch is compared with where it left the default one`() async throws {
    let desk = try await OfflineDesk(Self.first)
    try await desk.repository.git("switch", "--quiet", "--create", "bo")
    try await desk.repository.commit("Bo", files: Self.second)
    try await desk.repository.git("switch", "--quiet", "main")
    try await desk.repository.commit(
      "Somebody else's",
      files: ["desired-state/more.yaml": "guests:\n  - {email: cy@fabrikam.example}\n"]
    )
    try await desk.repository.git("switch", "--quiet", "bo")
    for range in [nil, "main..."] {
      let run = try await desk.guestlist(["diff", range].compactMap(\.self))
      #expect(run.output.contains(Self.newGuest) && !run.output.contains("cy@"), "\(run)")
    }
    let direct = try await desk.guestlist("diff", "main")
    #expect(direct.output.contains("- cy@fabrikam.example  had no access"), "\(direct)")
  }

  @Test func `the exit code says whether anything changes only with the option`() async throws {
    let broken = ["desired-state/guests.yaml": "guests: [" as String?]
    let desk = try await OfflineDesk(Self.first, Self.second, broken)
    #expect(try await desk.guestlist("diff", "HEAD~2..HEAD~1").code == 0)
    let detailed = try await desk.guestlist("diff", "HEAD~2..HEAD~1", "--detailed-exitcode")
    #expect(detailed.code == 2)
    let same = try await desk.guestlist("diff", "HEAD~1..HEAD~1", "--detailed-exitcode")
    #expect(same.code == 0 && same.output.contains("No changes: both commits declare the same."))
    let unusable = try await desk.guestlist("diff", "HEAD~1..HEAD")
    #expect(unusable.code == 3 && unusable.output.contains("cannot be used"), "\(unusable)")
    #expect(!unusable.output.contains("removed"), "what cannot be read is not gone")
  }

  @Test func `formats go to their files, one to the standard output`() async throws {
    let desk = try await OfflineDesk(Self.first, Self.second)
    let run = try await desk.guestlist(
      "diff",
      "--format",
      "markdown",
      "--output",
      desk.folder.path("comment.md"),
      "--format",
      "json",
      "--reviewers"
    )
    #expect(run.code == 0 && run.output.contains("\"kind\": \"guestAdded\""), "\(run)")
    #expect(run.output.contains("\"@contoso/access\""), "\(run)")
    let comment = try desk.folder.read("comment.md")
    #expect(comment.hasPrefix("<!-- guestlist:diff:\(SmallTenant.id) -->\n"))
    #expect(comment.contains("<code>&#64;contoso/access</code>"), "\(comment)")
    let quiet = try await desk.guestlist("diff", "--quiet")
    #expect(!quiet.output.contains("bo@") && quiet.output.contains("1 new guest"), "\(quiet)")
  }

  @Test(
    arguments: [
      ("nothing..HEAD", 1, "unknown ref or revision `nothing`"),
      ("HEAD..HEAD~9", 1, "unknown ref or revision `HEAD~9`"),
      ("orphan...HEAD", 1, "`orphan` and the later commit have no common ancestor"),
      ("HEAD..orphan", 1, "there is no folder `desired-state`"),
    ]
  )
  func `a range that cannot be compared is refused with its reason`(
    _ range: String,
    _ code: Int,
    _ reason: String
  ) async throws {
    let desk = try await OfflineDesk(Self.first, Self.second)
    try await desk.repository.git("switch", "--quiet", "--orphan", "orphan")
    try await desk.repository.commit("Nothing", files: ["README": "nothing is declared"])
    try await desk.repository.git("switch", "--quiet", "main")
    let run = try await desk.guestlist("diff", range)
    #expect(run.code == code && run.errors.contains(reason), "\(run)")
    let new = try await desk.guestlist("diff", "orphan..HEAD")
    #expect(new.code == 0 && new.output.contains("everything is new"), "\(new)")
  }

  @Test func `a shallow clone of the two ends will do`() async throws {
    let desk = try await OfflineDesk(Self.first, ["README": "more"], Self.second)
    let base = try await desk.repository.git("rev-parse", "HEAD~2")
    try await desk.repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
    let clone = desk.folder.path("clone")
    try await desk.repository.git("init", "--quiet", clone)
    for end in ["main", base] {
      try await desk.repository.git(
        "-C",
        clone,
        "fetch",
        "--quiet",
        "--depth=1",
        "file://\(desk.repository.path)",
        end
      )
    }
    let head = try await desk.repository.git("rev-parse", "main")
    let run = try await desk.guestlist("diff", "\(base)..\(head)", in: clone)
    #expect(run.code == 0 && run.output.contains(Self.newGuest), "\(run)")
    let fork = try await desk.guestlist("diff", "\(base)...\(head)", in: clone)
    #expect(fork.code == 1 && fork.errors.contains("the clone is shallow"), "\(fork)")
  }
}
