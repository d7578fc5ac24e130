import Platform
import TestSupport
import Testing

@Suite struct ExplainTests {
  private static let policy = SmallTenant.policy().replacing(
    "domains: [fabrikam.example]}",
    with: "domains: [fabrikam.example], allows: {groups: [suppliers]}, limits: {stay: 90d}}"
  )
  private static let files: [String: String?] = [
    "desired-state/guestlist.yaml": policy,
    "desired-state/guests.yaml": """
    guests:
      - {email: ana@fabrikam.example, name: Ana Horvat, expires: 30d, groups: [suppliers], reason: audit}
      - {email: bo@fabrikam.example, apps: ["expenses:Submitter"]}

    """,
  ]

  @Test func `a guest leads back to a commit, a rule and an end`() async throws {
    let desk = try await OfflineDesk(Self.files)
    let run = try await desk.guestlist("explain", "Ana@Fabrikam.example")
    #expect(run.code == 0, "\(run)")
    let words = run.output.split { $0.isWhitespace }.joined(separator: " ")
    for part in [
      "ana@fabrikam.example (Ana Horvat)", "(#1) by Ada Author, desired-state/guests.yaml:2",
      "sponsor `lena@contoso.example`, named by `defaults`", "reason: `audit`",
      "`group suppliers`: from the guest's own entry; allowed by partner `fabrikam` as `suppliers`",
      "partner `fabrikam` limits a stay to 90 days", "there is no journal here",
      "access ended after 30 Jan 2026: the guest's end date",
      "not asked: no credentials are set",
    ] { #expect(words.contains(part), "\(part) in \(run.output)") }
  }

  @Test func `an entry that is skipped says why`() async throws {
    let desk = try await OfflineDesk(Self.files)
    let run = try await desk.guestlist("explain", "bo@fabrikam.example")
    let words = run.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(
      words.contains("Skipped `expenses:Submitter`: partner `fabrikam` does not allow"),
      "\(run)"
    )
    let app = try await desk.guestlist("explain", "expenses")
    #expect(app.output.contains("nobody is declared to have it"), "\(app)")
    #expect(app.output.contains("`expenses:Submitter` of `bo@fabrikam.example`"), "\(app)")
    let group = try await desk.guestlist("explain", "suppliers", "--format", "json")
    #expect(group.output.contains("\"topic\": \"access\""), "\(group)")
    #expect(group.output.contains("`group suppliers`: 1 guest: `ana@fabrikam.example`"), "\(group)")
  }

  @Test(
    arguments: [
      ("ana@fabrikan.example", "no record of `ana@fabrikan.example`", "`ana@fabrikam.example`"),
      ("suplier", "`suplier` is not an address, a name of the catalog", "`suppliers`"),
      ("GL006O", "`GL006O` is not an address", "`GL006`"),
    ]
  )
  func `an unknown word is refused with what was probably meant`(
    _ word: String,
    _ error: String,
    _ meant: String
  ) async throws {
    let desk = try await OfflineDesk(Self.files)
    let run = try await desk.guestlist("explain", word)
    #expect(run.code == 64 && run.errors.contains(error), "\(run)")
    #expect(run.errors.contains("did you mean \(meant)?"), "\(run)")
  }

  @Test func `a code needs no repository`() async throws {
    let desk = try await OfflineDesk()
    let run = try await desk.guestlist("explain", "gl060", in: desk.folder.path)
    #expect(run.code == 0 && run.output.hasPrefix("GL060: Not allowed\n"), "\(run)")
    let json = try await desk.guestlist("explain", "GL060", "--format", "json")
    #expect(json.output.contains("\"code\": \"GL060\""), "\(json)")
    let help = try await desk.guestlist("help", "GL060")
    #expect(help.output == run.output)
  }

  @Test func `with a tenant, it says what is there and what comes next`() async throws {
    let workplace = try await Workplace.small(guests: SmallTenant.guests)
    let ana = "ana@fabrikam.example"
    let before = try await explain(workplace, ana)
    #expect(before.contains("Tenant no account"), "\(before)")
    #expect(before.contains("the next run: invite (declared)"), "\(before)")
    let offline = try await explain(workplace, ana, "--offline")
    #expect(offline.contains("Tenant not asked"), "\(offline)")
    _ = try await workplace.guestlist("apply", "--confirm")
    let after = try await explain(workplace, ana)
    #expect(after.contains("invitation not redeemed, sign-in allowed"), "\(after)")
    #expect(after.contains("holds `expenses:Submitter`, `group suppliers`"), "\(after)")
    #expect(after.contains("invited, done") && after.contains("the tenant matches"), "\(after)")
    let app = try await explain(workplace, "expenses")
    #expect(app.contains("2 guests hold it directly"), "\(app)")
    let stranger = try await explain(workplace, "unmanaged@elsewhere.example")
    #expect(stranger.contains("never declared here, and so never touched"), "\(stranger)")
  }

  /// What the command prints, on one line.
  private func explain(_ workplace: Workplace, _ words: String...) async throws -> String {
    let run = try await workplace.guestlist(["explain"] + words)
    #expect(run.exitCode == 0, "\(run)")
    return run.output.split { $0.isWhitespace }.joined(separator: " ")
  }

  @Test func `what a guard holds back says which and how to proceed`() async throws {
    let workplace = try await Workplace.small(guests: SmallTenant.guests)
    _ = try await workplace.guestlist("apply", "--confirm")
    let policy = SmallTenant.policy().replacing(
      "invitations: {guests: 500}",
      with: "removals: {guests: 0}, invitations: {guests: 500}"
    )
    try await workplace.repository.commit(
      "Everybody leaves",
      files: [
        "desired-state/guestlist.yaml": policy, "desired-state/guests.yaml": "guests: []\n",
      ]
    )
    let words = try await explain(workplace, "ana@fabrikam.example")
    #expect(words.contains("no longer declared since"), "\(words)")
    #expect(words.contains("block is held back by the guard `removals`"), "\(words)")
    #expect(words.contains("--accept removals:"), "\(words)")
  }
}
