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
  func `an error stops what it is about and nothing else`(_ rule: RuleCase) throws {
    let (reading, _) = rule.reading()
    let errors = reading.findings.filter { $0.severity == .error }
    #expect(reading.isUsable == !errors.contains { $0.scope == .repository })
    guard let desired = reading.desired else {
      #expect(reading.policy == nil)
      return
    }
    let guests = Set(desired.guests.map(\.address))
    let skipped =
      Set(desired.withheld.map(\.address))
      .union(desired.guests.lazy.filter { !$0.skippedGrants.isEmpty }.map(\.address))
    for finding in errors {
      guard case .entry(let address) = finding.scope, guests.contains(address) else { continue }
      #expect(skipped.contains(address), "\(finding.message)")
    }
    if errors.isEmpty { #expect(skipped.isEmpty) }
    let proper = desired.withheld.filter { !$0.isOutsideAuthority }
    #expect(guests.isDisjoint(with: proper.map(\.address)))
    for entry in desired.withheld {
      #expect(!entry.reason.isEmpty)
      #expect(entry.readable?.address == entry.address)
    }
    for grant in desired.guests.flatMap(\.skippedGrants) { #expect(!grant.reason.isEmpty) }
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
      .encoding, .tooLarge, .tooDeep, .path, .noFiles, .moreFindings, .loosened,
    ]
    for rule in DeclarationRule.allCases where !elsewhere.contains(rule) {
      #expect(seen.contains(rule.code), "no case for \(rule)")
    }
  }
}
