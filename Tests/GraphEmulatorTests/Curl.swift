import FoundationEssentials
import GraphEmulator
import Platform
import TestSupport
import Testing

/// The emulator's process, seen from outside through the program `curl`.
struct Curl {
  let emulator: EmulatorFixture
  private let folder: TemporaryFolder
  private let token: String

  /// Starts the program over a scenario and signs in.
  init(_ scenario: JSONValue = Scenario.contoso, arguments: [String] = []) async throws {
    folder = try TemporaryFolder()
    emulator = try await EmulatorFixture(
      scenario: try folder.write("scenario.json", scenario.bytes),
      arguments: arguments,
      checksReplies: true
    )
    let variables = emulator.variables
    let form = [
      "grant_type=client_credentials", "client_id=\(variables["AZURE_CLIENT_ID"] ?? "")",
      "client_secret=\(variables["AZURE_CLIENT_SECRET"] ?? "")",
      "scope=https://graph.microsoft.com/.default",
    ]
    let answer = try await Self.run(
      form.flatMap { ["--data-urlencode", $0] }
        + ["\(emulator.baseURL)/\(variables["AZURE_TENANT_ID"] ?? "")/oauth2/v2.0/token"],
      home: folder.path
    )
    token = try #require(answer.json["access_token"]?.string)
  }

  /// What a call came to.
  struct Answer {
    /// Of curl: 0 is a whole reply of whatever status.
    let exitCode: Int
    /// Zero where no reply came.
    let status: Int
    /// By lower-case name.
    let headers: [String: String]
    let body: String
    /// Seconds until the first byte of the reply.
    let wait: Double

    var json: JSONValue { (try? JSONValue.parse(Array(body.utf8))) ?? .null }
    var code: String? { json["error"]?["code"]?.string }
    var value: [JSONValue] { json["value"]?.array ?? [] }
  }

  /// Calls Graph below `/v1.0`, or at a whole address such as a next link, over a connection of its
  /// own; `options` are curl's.
  func graph(
    _ method: String = "GET",
    _ path: String,
    _ body: JSONValue? = nil,
    options: [String] = []
  ) async throws -> Answer {
    let address = path.hasPrefix("http") ? path : "\(emulator.baseURL)/v1.0\(path)"
    let content = body.map {
      [
        "--header", "Content-Type: application/json", "--data-binary",
        String(decoding: $0.bytes, as: UTF8.self),
      ]
    }
    return try await Self.run(
      options + ["--request", method, "--header", "Authorization: Bearer \(token)"]
        + (content ?? []) + [address],
      home: folder.path
    )
  }

  /// Steers the emulator.
  @discardableResult
  func control(_ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
    let bytes = try await emulator.send(
      body == nil ? "GET" : "POST",
      "/_emulator/\(path)",
      json: body.map { String(decoding: $0.bytes, as: UTF8.self) }
    )
    return bytes.isEmpty ? .null : try JSONValue.parse(bytes)
  }

  /// Sets one fault that strikes every call which it fits.
  func fail(_ kind: FaultKind, _ more: [String: JSONValue] = [:]) async throws {
    let rule = JSONValue.object(more).setting(["kind": .string(kind.rawValue), "rate": 1])
    try await control("faults", ["faults": [rule], "seed": 7])
  }

  func heal() async throws { try await control("faults", ["faults": []]) }

  /// The bearer of the calls, for those that are made without `graph`.
  var authorization: String { "Authorization: Bearer \(token)" }

  /// Runs curl with the reply's head on its output, and reads what it came to.
  static func run(_ arguments: [String], home: String) async throws -> Answer {
    let marker = "\n<<<"
    let child = ChildProcess(
      "curl",
      [
        "--silent", "--include", "--globoff", "--max-time", "60", "--write-out",
        "\(marker)%{time_starttransfer}",
      ] + arguments,
      environment: Programs.environment(home: home)
    )
    let done = try await child.run(timeout: .seconds(120))
    guard case .exited(let exitCode) = done.status else {
      Issue.record("curl was killed")
      return Answer(exitCode: -1, status: 0, headers: [:], body: "", wait: 0)
    }
    let text = String(decoding: done.output, as: UTF8.self)
    let parts = text.split(separator: marker, omittingEmptySubsequences: false)
    let reply = parts.dropLast().joined(separator: marker)
    let (head, body) = split(reply)
    let lines = head.split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let field = line.split(separator: ":", maxSplits: 1)
      guard field.count == 2 else { continue }
      headers[field[0].lowercased()] = String(field[1].drop { $0 == " " })
    }
    return Answer(
      exitCode: exitCode,
      status: words.count > 1 ? Int(words[1]) ?? 0 : 0,
      headers: headers,
      body: body,
      wait: parts.last.flatMap { Double($0) } ?? 0
    )
  }

  /// Splits a reply behind its head; what is said before the final head, such as 100, is omitted.
  private static func split(_ reply: String) -> (head: Substring, body: String) {
    var rest = Substring(reply)
    var head: Substring = ""
    while rest.hasPrefix("HTTP/1."), let end = rest.firstRange(of: "\r\n\r\n") {
      head = rest[..<end.lowerBound]
      rest = rest[end.upperBound...]
    }
    return (head, String(rest))
  }
}
