internal import Access
internal import HTTP
@testable internal import MicrosoftGraph
internal import Testing

/// When to try again, and how late.
struct RetryPolicyTests {
  private let policy = RetryPolicy()

  @Test(arguments: [200, 201, 204]) func `success is accepted`(status: Int) {
    #expect(policy.decide(attempt: 1, .status(status, retryAfter: nil), spread: 0) == .accept)
  }

  @Test(arguments: [400, 403, 404, 405, 410, 424])
  func `a refusal for good is not tried again`(status: Int) {
    #expect(policy.decide(attempt: 1, .status(status, retryAfter: nil), spread: 0) == .giveUp)
  }

  @Test(arguments: [409, 429, 500, 502, 503, 504])
  func `what passes is tried again, a limited number of times`(status: Int) {
    var delays: [Duration] = []
    for attempt in 1..<20 {
      let decision = policy.decide(attempt: attempt, .status(status, retryAfter: nil), spread: 0)
      guard case .retry(let delay) = decision else { break }
      delays.append(delay)
    }
    #expect(delays == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8)])
  }

  @Test func `what the service asks for is waited for, and a little more`() {
    for spread in [UInt64(0), 99, 249, .max] {
      let decision = policy.decide(
        attempt: 1,
        .status(429, retryAfter: .seconds(17)),
        spread: spread
      )
      guard case .retry(let delay) = decision else {
        Issue.record("not tried again")
        continue
      }
      #expect(delay >= .seconds(17) && delay < .seconds(18))
    }
  }

  @Test func `patience ends`() {
    let outcome = RetryPolicy.Outcome.status(429, retryAfter: .seconds(301))
    #expect(policy.decide(attempt: 1, outcome, spread: 0) == .giveUp)
  }

  @Test func `a refused token is replaced once`() {
    let outcome = RetryPolicy.Outcome.status(401, retryAfter: nil)
    #expect(policy.decide(attempt: 1, outcome, spread: 0) == .reauthenticate)
    #expect(policy.decide(attempt: 2, outcome, spread: 0) == .giveUp)
  }

  @Test func `no delay is longer than the longest, at any attempt`() {
    let patient = RetryPolicy(attempts: .max)
    for attempt in [1, 5, 20, 70, 10_000] {
      let decision = patient.decide(attempt: attempt, .notThereYet, spread: .max)
      if case .retry(let delay) = decision { #expect(delay <= .seconds(60)) }
    }
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
  ])
  func `dates of HTTP are read`(text: String, seconds: Int64) {
    #expect(HTTPDate.moment(text) == Moment(seconds: seconds))
  }

  @Test(arguments: [
    "", "now", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 CET", "Sunday, 06-Nov-94 08:49:37 GMT",
  ])
  func `other texts are not dates`(text: String) {
    #expect(HTTPDate.moment(text) == nil)
  }

  @Test func `Retry-After is seconds or a date`() {
    let now = Moment(seconds: 784_111_770)
    #expect(HTTPDate.wait("120", now: now) == .seconds(120))
    #expect(HTTPDate.wait("Sun, 06 Nov 1994 08:49:37 GMT", now: now) == .seconds(7))
    #expect(HTTPDate.wait("Sun, 06 Nov 1994 08:00:00 GMT", now: now) == .seconds(0))
    #expect(HTTPDate.wait("-5", now: now) == nil)
    #expect(HTTPDate.wait("soon", now: now) == nil)
    #expect(HTTPDate.wait(nil, now: now) == nil)
  }
}
