import Access
import Testing

@testable import Declarations

/// The examples that `guestlist explain GL…` prints.
@Suite struct ExampleTests {
  private static let organisation = """
    version: 1
    tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: Contoso, domains: [contoso.example]}
    apps:
      wiki: {appId: 0f3c0000-0000-4000-8000-000000000011}
    groups:
      suppliers: {id: 7a000000-0000-4000-8000-000000000020}
    bundles:
      supplier: {apps: ["wiki:Reader"], groups: [suppliers]}
    partners:
      fabrikam:
        domains: [fabrikam.example]
        allows: {apps: ["wiki:Reader"], groups: [suppliers]}
        limits: {stay: 180d, guests: 2}
    guests:
      - {email: ana@fabrikam.example, bundles: [supplier]}

    """

  private func codes(_ example: String?) -> Set<String> {
    var files = [SourceFile(path: "guestlist.yaml", bytes: Array(Self.organisation.utf8))]
    if let example { files.append(SourceFile(path: "z.yaml", bytes: Array(example.utf8))) }
    return Set(DeclarationReader().read(files).findings.map { "\($0.code)" })
  }

  @Test func `nothing is wrong with the organisation`() { #expect(codes(nil) == []) }

  @Test(arguments: DeclarationRule.allCases.filter { $0.example != nil })
  func `an example has the finding that it shows`(_ rule: DeclarationRule) {
    #expect(codes(rule.example).contains("\(rule.code)"), "\(codes(rule.example))")
  }
}
