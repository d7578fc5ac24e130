import Access
import FoundationEssentials
import Testing

@testable import Reporting

/// The page of the reference that describes the reports, held against them.
struct ReportsReferenceTests {
  private let page: String

  init() throws {
    let suffix = "Tests/ReportingTests/Plans/ReportsReferenceTests.swift"
    let file = #filePath.dropLast(suffix.count) + "Sources/Commands/Guestlist.docc/Reports.md"
    page = String(decoding: try Data(contentsOf: URL(filePath: String(file))), as: UTF8.self)
  }

  private func section(_ title: String) throws -> Substring {
    let start = try #require(page.firstRange(of: "\n### \(title)\n")?.upperBound)
    let rest = page[start...]
    return rest[..<(rest.firstRange(of: "\n### ")?.lowerBound ?? rest.endIndex)]
  }

  private func names(in value: JSONValue) -> Set<String> {
    switch value {
    case .null, .bool, .integer, .string: []
    case .array(let items): items.reduce(into: []) { $0.formUnion(names(in: $1)) }
    case .object(let members):
      members.reduce(into: []) { all, member in
        all.insert(member.name)
        all.formUnion(names(in: member.value))
      }
    }
  }

  @Test func `every member of every document is described`() throws {
    let declared = try Sample.declared()
    let plan = try Sample.everything()
    let report = PlanReport(plan: plan, declared: declared, origin: Sample.origin)
    let drift = DriftReport(plan: plan, declared: declared, origin: Sample.origin)
    let findings = FindingReport(origin: Sample.origin, findings: try Sample.findings())
    let error = TenantError(.refused, operation: "o", message: "m")
    let apply = ApplyReport(
      plan: plan,
      outcomes: [.done, .failed(error), .skipped(because: .heldBack([.removals]))],
      declared: declared,
      origin: Sample.origin
    )
    let kinds = Set(Action.Verb.allCases.map(\.rawValue))
    let documents: [(String, JSONValue)] = [
      ("findings", findings.document),
      ("plan", PlanJSON(report: report).document),
      ("drift", drift.document),
      ("apply", apply.document),
      ("diff", try Sample.diff().json),
    ]
    let general = page[..<(try #require(page.firstRange(of: "\n### ")).lowerBound)]
    // What an action is made of is described once, with the plan.
    let actions = try section("plan")
    for (kind, document) in documents {
      let described = try [general, section(kind), actions]
      let missing = names(in: document).subtracting(kinds).filter { name in
        !described.contains { $0.contains("`\(name)`") }
      }
      #expect(missing == [], "\(kind)")
    }
  }

  @Test func `every format of a report is listed`() {
    let formats: [(String, [String])] = [
      ("findings in declarations", FindingFormat.allCases.map(\.rawValue)),
      ("what a change means", DiffFormat.allCases.map(\.rawValue)),
      ("a plan", PlanFormat.allCases.map(\.rawValue)),
      ("drift", DriftFormat.allCases.map(\.rawValue)),
      ("the result of an apply", ApplyFormat.allCases.map(\.rawValue)),
      ("why something is as it is", ExplainFormat.allCases.map(\.rawValue)),
      ("the history of a person or an app", HistoryFormat.allCases.map(\.rawValue)),
    ]
    for (report, names) in formats {
      let row = page.split(separator: "\n").first { $0.hasPrefix("| \(report) |") }
      #expect(row?.hasSuffix("| \(names.map { "`\($0)`" }.joined(separator: " ")) |") == true)
    }
  }

  @Test func `every kind of change has its name on the page`() throws {
    let section = try section("diff")
    for line in try Sample.diff().rendered(as: .json).split(separator: "\n") {
      guard let name = line.firstMatch(of: /^      "kind": "(\w+)"/)?.1 else { continue }
      #expect(section.contains("`\(name)`"))
    }
  }

  @Test func `every reason has its name on the page`() throws {
    let plan = try section("plan")
    for reason in try Sample.reasons() {
      guard case .object(let members) = reason.json, case .string(let kind)? = members.first?.value
      else {
        Issue.record("a reason is an object that begins with its kind")
        continue
      }
      #expect(plan.contains("`\(kind)`"))
    }
  }
}
