import Access
import Reporting
import Testing

/// Values that the tests of several formats render.
enum Sample {
  static let origin = ReportOrigin(version: "1.2.3", runner: "ci")
  static let tenant = identifier(TenantID.self, "5b2a9c3e-0000-4000-8000-000000000001")
  static let commit = commit("1a2b3c4d5e6f")
  static let now = moment("2026-11-20T12:00:00Z")

  static func identifier<ID: Identifier>(_: ID.Type, _ text: String) -> ID {
    ID(text) ?? ID(GUID(high: 0, low: 0))
  }

  static func identifier<ID: Identifier>(_: ID.Type, number: UInt64) -> ID {
    ID(GUID(high: 0xA000, low: number))
  }

  static func commit(_ start: String) -> CommitID? {
    CommitID(hex: start + String(repeating: "0", count: 40 - start.utf8.count))
  }

  static func moment(_ text: String) -> Moment { Moment(text) ?? Moment(seconds: 0) }

  static func address(_ text: String) throws -> EmailAddress {
    try #require(EmailAddress(normalised: text))
  }

  static func place(_ file: String, _ line: Int, _ column: Int = 5) -> SourcePlace {
    SourcePlace(file: file, line: line, column: column)
  }
}
