import Access
import FoundationEssentials
import Platform
import Testing
import TestSupport

@testable import Reporting

/// The formats that others defined, held against what they defined.
struct FindingSchemaTests {
  private func reports() throws -> [FindingReport] {
    try [[], Sample.findings(), Sample.hostileFindings()].map {
      FindingReport(
        origin: Sample.origin,
        commit: Sample.commit,
        findings: $0,
        files: ["clean.yaml"]
      )
    }
  }

  @Test func `sarif names each rule once and every result leads to one`() throws {
    for report in try reports() {
      let root = try ParsedJSON(report.rendered(as: .sarif))
      #expect(root["version"]?.string == "2.1.0")
      let run = try #require(root["runs"]?.items?.first)
      let rules = try #require(run["tool"]?["driver"]?["rules"]?.items).map { $0["id"]?.string }
      #expect(Set(rules).count == rules.count)
      for rule in run["tool"]?["driver"]?["rules"]?.items ?? [] {
        for text in ["shortDescription", "fullDescription", "help"] {
          #expect(rule[text]?["text"]?.string?.isEmpty == false)
        }
      }
      let results = try #require(run["results"]?.items)
      #expect(results.count == report.findings.count)
      for (result, finding) in zip(results, report.findings) {
        let index = try #require(result["ruleIndex"]?.integer)
        #expect(rules[index] == result["ruleId"]?.string)
        #expect(result["level"]?.string == finding.severity.rawValue)
        #expect(result["message"]?["text"]?.string?.hasPrefix(finding.message) == true)
        let location = result["locations"]?.items?.first?["physicalLocation"]
        #expect(location?["artifactLocation"]?["uri"]?.string != nil)
        #expect(location?["region"]?["startLine"]?.integer == finding.place?.line)
        #expect((result["relatedLocations"]?.items ?? []).count == finding.related.count)
      }
    }
  }

  @Test func `junit counts what it holds`() throws {
    for report in try reports() {
      let root = try #require(XMLOutline(report.rendered(as: .junit)))
      #expect(root.name == "testsuites")
      let cases = root.descendants(named: "testcase")
      #expect(cases.count == report.findings.count + 1)
      #expect(root.attributes["tests"] == String(cases.count))
      let errors = report.findings.count { $0.severity == .error }
      #expect(root.descendants(named: "failure").count == errors)
      #expect(root.attributes["failures"] == String(errors))
      let suites = root.descendants(named: "testsuite").map { $0.attributes["name"] }
      #expect(suites.contains("desired-state/clean.yaml"))
      #expect(Set(suites).count == suites.count)
      for suite in root.descendants(named: "testsuite") {
        #expect(suite.attributes["tests"] == String(suite.descendants(named: "testcase").count))
      }
    }
  }

  @Test func `sarif is valid by its schema`() async throws {
    let schema = "../shared/formats/sarif-schema-2.1.0.json"
    let script = """
      import json, sys
      import jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft7Validator(schema).validate(json.load(open(sys.argv[2])))
      """
    for report in try reports() {
      let folder = try TemporaryFolder()
      let file = try folder.write("out.sarif", report.rendered(as: .sarif))
      try await validate(
        schema,
        with: "python3",
        ["-c", script, schema, file],
        needs: "jsonschema"
      )
    }
  }

  @Test func `junit is valid by its schema`() async throws {
    let schema = "../shared/formats/junit-10.xsd"
    for report in try reports() {
      let folder = try TemporaryFolder()
      let file = try folder.write("out.xml", report.rendered(as: .junit))
      try await validate(
        schema,
        with: "xmllint",
        ["--noout", "--nonet", "--schema", schema, file]
      )
    }
  }

  /// Runs a validator where it and the schema are there, and says what was omitted where not.
  private func validate(
    _ schema: String,
    with program: String,
    _ arguments: [String],
    needs module: String? = nil
  ) async throws {
    let environment = Programs.environment(home: "/nonexistent")
    guard FileManager.default.fileExists(atPath: schema) else {
      print("left out: \(schema) is not beside this checkout")
      return
    }
    let probe = module.map { ["-c", "import \($0)"] } ?? ["--version"]
    let isThere = try? await ChildProcess(program, probe, environment: environment).run()
    guard let isThere, isThere.isSuccess else {
      print("left out: no \(module ?? program) to validate \(schema) with")
      return
    }
    let child = ChildProcess(program, arguments, environment: environment)
    let completion = try await child.run(timeout: .seconds(60))
    #expect(
      completion.isSuccess,
      "\(String(decoding: completion.errors.suffix(4000), as: UTF8.self))"
    )
  }
}
