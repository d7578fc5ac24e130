import Access
import FoundationEssentials
import TestSupport
import Testing

@testable import Declarations

/// The example of the reference, kept as files beside these tests.
struct SectionExampleTests {
  static func files() throws -> [SourceFile] {
    let folder = "\(#filePath.dropLast("SectionExampleTests.swift".count))Fixtures/section4"
    return try [
      "guestlist.yaml", "catalog.yaml", "partners/fabrikam/fabrikam.yaml",
      "apps/payments/grants.yaml",
    ].map { path in
      SourceFile(
        path: path,
        bytes: try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)")))
      )
    }
  }

  @Test func `the example validates without errors`() throws {
    let reading = DeclarationReader().read(try Self.files())
    #expect(reading.findings.filter { $0.severity == .error } == [])
    let desired = try #require(reading.desired)
    #expect(desired.guests.map(\.spelled) == ["ana@fabrikam.example"])
    #expect(
      desired.guests[0].grants.map(\.spelled)
        == ["expenses:Submitter", "wiki:Editor", "wiki:Reader", "payments:Viewer", "suppliers"]
    )
    #expect(desired.withheld == [])
    #expect(desired.removed.map(\.address.normalised) == ["old@fabrikam.example"])
  }

  @Test func `the example's identities are the same to the reader of history`() throws {
    let files = try Self.files()
    let identities = IdentityReader().entries(in: files)
    let desired = try #require(DeclarationReader().read(files).desired)
    var keys: Set<EntryKey> = []
    for guest in desired.guests {
      keys.insert(.guest(guest.address))
      for grant in guest.grants {
        keys.insert(.grant(GrantKey(guest: guest.address, resource: grant.resource)))
      }
    }
    #expect(Set(identities.entries.keys) == keys)
    #expect(identities.tenant == desired.tenant.id)
    #expect(identities.fault == nil)
  }
}
