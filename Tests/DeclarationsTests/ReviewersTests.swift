import Access
import Testing

@testable import Declarations

@Suite struct ReviewersTests {
  @Test(
    arguments: [
      ("a.yaml", ["@everybody"]),
      ("desired-state/guestlist.yaml", ["@contoso/access"]),
      ("desired-state/partners/fabrikam/f.yaml", ["@contoso/fabrikam", "lena@contoso.example"]),
      ("desired-state/partners/litware/deep/l.yaml", ["@contoso/partners"]),
      ("docs/a.md", ["@writers"]), ("docs/deep/a.md", ["@everybody"]),
      ("any/where/notes.txt", ["@notes"]), ("desired-state/apps/payments/grants.yaml", []),
    ]
  )
  func `the last pattern that fits a path names its owners`(
    _ path: String,
    _ owners: [String]
  ) {
    let file = """
      # Who looks at what
      *                                  @everybody
      [Section with a name] @section
      /desired-state/                    @contoso/access
      desired-state/partners/            @contoso/partners   # all of them
      /desired-state/partners/fabrikam\t@contoso/fabrikam lena@contoso.example
      docs/*                             @writers
      *.txt                              @notes
      /desired-state/apps/payments/**

      """
    #expect(CodeOwners(file).owners(of: path) == owners)
  }

  @Test func `files and apps lead to the paths of authority, and to their owners`() throws {
    let policy = """
      version: 1
      tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: Contoso, domains: [contoso.example]}
      apps: {payments: {appId: 0f3c0000-0000-4000-8000-000000000012}}
      partners: {fabrikam: {domains: [fabrikam.example]}}
      authority:
        "partners/fabrikam/**": {partners: [fabrikam], apps: ["*"]}
        "apps/payments/**": {apps: ["payments:*"]}

      """
    let reading = DeclarationReader().read([
      SourceFile(path: "guestlist.yaml", bytes: Array(policy.utf8))
    ])
    let owners = CodeOwners(
      "desired-state/apps/payments/ @contoso/payments\ndesired-state/partners/ @contoso/partners\n"
    )
    let app = try #require(AppID("0f3c0000-0000-4000-8000-000000000012"))
    let change = DeclarationChange(
      .gives([.appRole(app, RoleValue("Viewer"))]),
      guest: EmailAddress(normalised: "ana@fabrikam.example")
    )
    let reviewers = Reviewers(try #require(reading.policy), owners, folder: "desired-state")
    let file = "partners/fabrikam/a.yaml"
    #expect(
      reviewers.areas(files: [file, "guestlist.yaml"], changes: [change]) == [
        ReviewArea(.files(path: "guestlist.yaml", count: 1), owners: []),
        ReviewArea(.files(path: "partners/fabrikam/**", count: 1), owners: ["@contoso/partners"]),
        ReviewArea(
          .resource(name: "payments", path: "apps/payments/**"),
          owners: ["@contoso/payments"]
        ),
      ]
    )
    // The owner of the file is not asked about the app again.
    let own = reviewers.areas(files: ["apps/payments/grants.yaml"], changes: [change])
    #expect(own.map(\.owners) == [["@contoso/payments"]])
  }
}
