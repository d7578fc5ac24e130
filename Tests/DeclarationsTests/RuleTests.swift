import Access
import Testing

@testable import Declarations

struct RuleTests {
  @Test(arguments: SyntaxCases.all + PolicyCases.all + EntryCases.all)
  func `each rule finds exactly what is wrong`(_ rule: RuleCase) {
    let (reading, marked) = rule.reading()
    #expect(reading.findings.map { marked.summary(of: $0) } == rule.expected)
  }

  @Test(arguments: SyntaxCases.all + PolicyCases.all + EntryCases.all)
  func `an error stops whom it is about and nobody else`(_ rule: RuleCase) {
    let (reading, _) = rule.reading()
    let errors = reading.findings.filter { $0.severity == .error }
    let stopsAll = errors.contains { $0.scope == .repository }
    #expect((reading.desired == nil) == stopsAll)
    guard let desired = reading.desired else { return }
    let withheld = Set(desired.withheld.map(\.address))
    for finding in errors {
      guard case .entry(let address) = finding.scope else { continue }
      #expect(withheld.contains(address))
    }
    #expect(desired.guests.allSatisfy { !withheld.contains($0.address) })
    if withheld.allSatisfy({ $0.domain != "fabrikam.example" }) {
      #expect(desired.guests.contains { $0.address.normalised == "base@fabrikam.example" })
    }
  }

  @Test func `every finding shows the line that it is in, and marks a part of it`() {
    for rule in SyntaxCases.all + PolicyCases.all + EntryCases.all {
      for finding in rule.reading().0.findings {
        guard let place = finding.place, finding.code != DeclarationRule.tooLarge.code else {
          continue
        }
        let excerpt = finding.excerpt
        #expect(excerpt != nil, "\(rule.name): \(finding.message)")
        let width = excerpt?.unicodeScalars.count ?? 0
        #expect(place.column - 1 + finding.length <= max(width, place.column))
      }
    }
  }

  @Test func `every rule that reading makes has a case`() {
    var seen: Set<FindingCode> = []
    for rule in SyntaxCases.all + PolicyCases.all + EntryCases.all {
      for finding in rule.reading().0.findings { seen.insert(finding.code) }
    }
    // Those that need other files, other limits or another commit have tests of their own.
    let elsewhere: Set<DeclarationRule> = [
      .encoding, .tooLarge, .tooDeep, .path, .noFiles, .moreFindings, .policyChanged,
    ]
    for rule in DeclarationRule.allCases where !elsewhere.contains(rule) {
      #expect(seen.contains(rule.code), "no case for \(rule)")
    }
  }
}
