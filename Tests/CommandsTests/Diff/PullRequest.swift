import Access
import Declarations
import Reporting
import Testing

/// A change that somebody asked for, and what a reviewer is to be told of it.
struct PullRequest: CustomTestStringConvertible, Sendable {
  let title: String
  /// What stood there before, where it is not the organisation as it is.
  let before: [Edit]
  let change: [Edit]
  /// The lines of the report below its title, without the empty ones.
  let expected: [String]

  /// A text in a file, and what is put in its place; the whole file where there was none.
  struct Edit: Sendable {
    let file: String
    let old: String
    let new: String

    init(_ file: String, _ old: String, _ new: String) {
      (self.file, self.old, self.new) = (file, old, new)
    }
  }

  init(_ title: String, before: [Edit] = [], _ change: [Edit], _ expected: [String]) {
    (self.title, self.before, self.change, self.expected) = (title, before, change, expected)
  }

  var testDescription: String { title }

  /// The report of the change, on a terminal wide enough for every line.
  func report(_ format: DiffFormat = .text) throws -> String {
    var files = Self.organisation
    for edit in before { try edit.apply(to: &files) }
    let base = Self.read(files)
    for edit in change { try edit.apply(to: &files) }
    return try Self.report(base, Self.read(files)).rendered(
      as: format,
      style: TerminalStyle(isColoured: false, columns: 400)
    )
  }

  static func read(_ files: [String: String]) -> DeclarationReading {
    DeclarationReader().read(
      files.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) },
      now: Moment("2026-11-21T12:00:00Z")
    )
  }

  static func report(_ base: DeclarationReading, _ head: DeclarationReading) throws -> DiffReport {
    let now = try #require(Moment("2026-11-21T12:00:00Z"))
    let comparison = DeclarationComparison(from: base, to: head, now: now)
    return DiffReport(
      diff: DeclarationDiff(
        changes: comparison.changes,
        errors: comparison.errors(of: head, inFiles: Set(organisation.keys)),
        isUsable: head.isUsable,
        isBaseUsable: base.isUsable
      ),
      base: try #require(CommitID(hex: String(repeating: "a", count: 40))),
      head: try #require(CommitID(hex: String(repeating: "b", count: 40))),
      before: base.desired,
      declared: head.desired,
      origin: ReportOrigin(version: "1.0")
    )
  }
}

extension PullRequest.Edit {
  fileprivate func apply(to files: inout [String: String]) throws {
    guard let text = files[file], !old.isEmpty else {
      files[file] = new
      return
    }
    try #require(text.contains(old), "`\(file)` has no `\(old)`")
    files[file] = text.replacing(old, with: new, maxReplacements: 1)
  }
}

extension PullRequest {
  /// An organisation in which nothing is wrong.
  static let organisation = [
    "guestlist.yaml": """
    version: 1
    tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: Contoso, domains: [contoso.example]}
    defaults:
      sponsor: access@contoso.example
      invitation: {redirect: "https://myapps.microsoft.com"}
    lifecycle: {deleteAfter: 30d}
    guards:
      removals: {guests: 3}
      grants: {count: 12}
      protected: [ceo@fabrikam.example]
    authority:
      "partners/fabrikam/**": {partners: [fabrikam], apps: ["expenses:*", "wiki:*"], groups: [suppliers]}
      "partners/litware/**": {partners: [litware], apps: ["*"], packages: ["*"]}
      "apps/payments/**": {apps: ["payments:*"]}
    rules:
      separation: [["expenses:Submitter", "expenses:Approver"]]

    """,
    "catalog.yaml": """
    apps:
      expenses: {appId: 0f3c0000-0000-4000-8000-000000000010, name: Contoso Expenses}
      wiki: {appId: 0f3c0000-0000-4000-8000-000000000011}
      payments: {appId: 0f3c0000-0000-4000-8000-000000000012}
      reports: {appId: 0f3c0000-0000-4000-8000-000000000013, via: {Reader: report-readers}}
    groups:
      suppliers: {id: 7a000000-0000-4000-8000-000000000020}
      report-readers: {id: 7a000000-0000-4000-8000-000000000021}
    packages:
      onboarding: {id: 7d000000-0000-4000-8000-000000000030, policy: 31000000-0000-4000-8000-000000000031}
    bundles:
      supplier: {apps: ["expenses:Submitter"], groups: [suppliers]}

    """,
    "partners/fabrikam/fabrikam.yaml": """
    partners:
      fabrikam:
        name: Fabrikam AB
        domains: [fabrikam.example]
        sponsor: lena@contoso.example
        includes: [supplier]
        allows: {apps: ["expenses:Submitter", "wiki:*", "payments:Viewer"], groups: [suppliers]}
        limits: {stay: 90d, guests: 6}
    guests:
      - email: ana@fabrikam.example
        name: Ana Horvat
        expires: 2027-01-31
        apps: ["wiki:Reader"]
      - email: ceo@fabrikam.example
      - email: oskar@fabrikam.example
        expires: 60d
      - email: ylva@fabrikam.example
        apps: [{app: "wiki:Editor", expires: 2026-12-31}]

    """,
    "partners/litware/litware.yaml": """
    partners:
      litware:
        name: Litware
        domains: [litware.example, "*.litware.example"]
        accounts: sync
    guests:
      - email: noor@litware.example
        apps: ["payments:Viewer"]
        packages: [onboarding]
      - email: sam@eu.litware.example
        apps: ["reports:Reader"]
        blocked: lost laptop, INC-77

    """,
    "apps/payments/grants.yaml": """
    grants:
      payments:
        Viewer:
          - {guest: ylva@fabrikam.example, expires: 2027-01-31}

    """,
  ]
}
