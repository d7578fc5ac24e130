import Commands
import Testing

@Suite struct OutcomeTests {
  @Test func `exit codes are those that are documented`() {
    let codes = Outcome.allCases.map { ($0.rawValue, $0.exitCode) }
    let expected: [String: Int32] = [
      "success": 0, "error": 1, "changes": 2, "invalid": 3, "heldBack": 4, "partial": 5,
      "noLongerFits": 6, "authentication": 7, "usage": 64, "interrupted": 130,
    ]
    #expect(Dictionary(uniqueKeysWithValues: codes) == expected)
  }

  @Test func `the most serious outcome decides the exit code`() {
    let order: [Outcome] = [
      .usage, .interrupted, .authentication, .noLongerFits, .error, .invalid, .heldBack, .partial,
      .changes, .success,
    ]
    #expect(Outcomes(Set(order)).ordered == order)
    for index in order.indices {
      #expect(Outcomes(Set(order[index...])).mostSerious == order[index])
    }
    #expect(Outcomes().mostSerious == .success)
  }
}
