import Access
import TestSupport
import Testing

@testable import Declarations

/// The files that an export makes of a tenant.
struct ExportTests {
  private static func id<ID: Identifier>(_ number: UInt64) -> ID { ID(GUID(high: 0, low: number)) }

  private static func account(
    _ number: UInt64,
    _ address: String,
    sponsors: [UInt64] = []
  ) throws -> Account {
    let mail = try #require(EmailAddress(normalised: address))
    return Account(
      id: id(number),
      addresses: [mail],
      mail: mail,
      displayName: "Guest \(number)",
      sponsors: Set(sponsors.map { id($0) })
    )
  }

  private static func export(
    _ accounts: [Account],
    apps: [ObservedApp] = [],
    holding resources: Set<Resource> = [],
    without refusals: ExportRefusals = ExportRefusals()
  ) -> TenantExport {
    let tenant: TenantID = id(1)
    var source = ExportSource(
      state: TenantState(
        tenant: tenant,
        accounts: AccountTable(accounts),
        apps: Dictionary(apps.map { ($0.id, $0) }) { first, _ in first }
      ),
      tenant: TenantDeclaration(id: tenant, name: "Contoso", domains: ["contoso.example"]),
      declared: nil,
      files: []
    )
    for account in accounts where account.userType == .guest {
      source.undeclared[account.id] = resources
    }
    return TenantExport(source, without: refusals)
  }

  private static func file(_ export: TenantExport, _ path: String) -> String? {
    export.files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func `subdomains are with the domain above, and names that two would have are domains`()
    throws
  {
    let addresses = [
      "a@fabrikam.example", "b@cast.fabrikam.example", "c@x.cast.fabrikam.example",
      "d@litware.example", "e@litware.com", "f@sub.gmail.com",
    ]
    let accounts = try addresses.enumerated().map {
      try Self.account(UInt64($0.offset), $0.element)
    }
    let export = Self.export(accounts)
    #expect(
      export.files.map(\.path) == [
        "guestlist.yaml", "partners/fabrikam.yaml", "partners/litware.com.yaml",
        "partners/litware.example.yaml", "partners/sub.yaml",
      ]
    )
    #expect(
      Self.file(export, "partners/fabrikam.yaml")?.hasPrefix(
        """
        partners:
          fabrikam:
            domains:
              - fabrikam.example
              - cast.fabrikam.example
              - x.cast.fabrikam.example
        """
      ) == true
    )
    let reading = DeclarationReader().read(export.allFiles)
    #expect(!reading.findings.contains { $0.severity == .error }, "\(reading.findings)")
    #expect(reading.desired?.guests.count == 6)
  }

  @Test func `sponsors that all guests of a partner share are the partner's, and five at most`()
    throws
  {
    var sponsors: [Account] = []
    for number in 10..<17 as Range<UInt64> {
      var sponsor = try Self.account(number, "s\(number)@contoso.example")
      sponsor.userType = .member
      sponsors.append(sponsor)
    }
    let all = Array(10..<17 as Range<UInt64>)
    let guests = [
      try Self.account(1, "a@fabrikam.example", sponsors: [10]),
      try Self.account(2, "b@fabrikam.example", sponsors: [10]),
      try Self.account(3, "c@litware.example", sponsors: all),
      try Self.account(4, "d@adatum.example", sponsors: [99]),
    ]
    let export = Self.export(guests + sponsors)
    let shared = try #require(Self.file(export, "partners/fabrikam.yaml"))
    #expect(shared.contains("    sponsor: s10@contoso.example\n"))
    #expect(!shared.contains("    sponsor: s10@contoso.example\n    apps"))
    #expect(shared.ranges(of: "sponsor").count == 1)
    let many = try #require(Self.file(export, "partners/litware.yaml"))
    #expect(many.ranges(of: "@contoso.example").count == 5)
    #expect(export.omissions.map(\.reason) == [.sponsor, .sponsor, .sponsor])
  }

  @Test func `a role is written only where it means one role that is given to users`() throws {
    let app: AppID = Self.id(7)
    func role(
      _ number: UInt64,
      _ value: String,
      _ isAssignable: Bool = true
    )
      -> ObservedApp.AppRole
    {
      ObservedApp.AppRole(
        id: Self.id(number),
        value: RoleValue(value),
        isAssignable: isAssignable
      )
    }
    let roles = [
      role(1, "Reader"), role(2, "Twice"), role(3, "Twice", false), role(4, "Old", false),
      role(5, ""), role(6, "*"), role(8, "tab\there"),
    ]
    let observed = ObservedApp(
      id: app,
      servicePrincipal: Self.id(70),
      displayName: "Wiki",
      roles: roles
    )
    let held = ["Reader", "Twice", "Old", "", "*", "tab\there", "default"]
    let export = Self.export(
      [try Self.account(1, "a@fabrikam.example")],
      apps: [observed],
      holding: Set(held.map { .appRole(app, RoleValue($0)) })
    )
    #expect(export.grants.map(\.resource) == [.appRole(app, RoleValue("Reader"))])
    #expect(export.omissions.count == 6)
    #expect(export.omissions.allSatisfy { $0.reason == .role })
    #expect(
      Self.file(export, "catalog.yaml")?.hasSuffix("    roles:\n      - Reader\n") == true
    )
  }

  @Test func `what was refused is left out, with the reason`() throws {
    var refusals = ExportRefusals()
    refusals.guests[Self.id(1)] = "partner `fabrikam` requires a ticket"
    let accounts = [
      try Self.account(1, "a@fabrikam.example"), try Self.account(2, "b@fabrikam.example"),
    ]
    let export = Self.export(accounts, without: refusals)
    #expect(export.guests.map(\.normalised) == ["b@fabrikam.example"])
    #expect(
      export.omissions == [
        ExportOmission(.refused, "a@fabrikam.example", "partner `fabrikam` requires a ticket")
      ]
    )
  }
}
