import Reporting
import TestSupport
import Testing

/// What a reviewer is told of each of these pull requests.
@Suite struct PullRequestTests {
  @Test(arguments: PullRequest.people + PullRequest.rules)
  func `a pull request says what it means`(_ request: PullRequest) throws {
    let lines = try request.report().split(separator: "\n").dropFirst().map(String.init)
    #expect(lines == request.expected, "\(lines.joined(separator: "\n"))")
  }
}
