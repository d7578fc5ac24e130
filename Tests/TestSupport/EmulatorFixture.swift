internal import FoundationEssentials
internal import Dispatch
package import Platform
#if canImport(Testing)
internal import Testing
#endif

/// A running `graph-emulator` of a test's own, reached over HTTP as any client would.
package final class EmulatorFixture: Sendable {
  package let baseURL: String
  /// What `--env` wrote: endpoint and credentials, as a program's environment.
  package let variables: [String: String]
  private let process: RunningProcess
  private let folder: TemporaryFolder
  /// Where each reply is logged, if they are to be checked at the end.
  private let log: String?

  /// Starts the emulator and waits until it serves.
  ///
  /// With `checksReplies` every reply is held to the API description when the last one lets go of
  /// the fixture, so at the end of the test; what the description does not allow fails the test.
  package init(
    scenario: String? = nil,
    arguments: [String] = [],
    checksReplies: Bool = false
  ) async throws {
    let folder = try TemporaryFolder()
    let envFile = folder.path("emulator.env")
    log = checksReplies ? folder.path("requests.jsonl") : nil
    let child = ChildProcess(
      try Programs.built("graph-emulator"),
      (scenario.map { ["--scenario", $0] } ?? []) + (log.map { ["--requests", $0] } ?? [])
        + ["--env", envFile] + arguments,
      environment: Programs.environment(home: folder.path),
      folder: folder.path
    )
    let process = try RunningProcess(child)
    let line = await onThread { process.readLine(timeout: .seconds(60)) }
    guard let line, line.hasPrefix("listening on ") else {
      process.kill()
      throw Failure(description: "the emulator did not start: \(line ?? "no line")")
    }
    self.folder = folder
    self.process = process
    baseURL = String(line.dropFirst("listening on ".count))
    variables = try Self.assignments(
      in: String(
        decoding: PrivateFile.read(envFile, limit: 65_536),
        as: UTF8.self
      )
    )
  }

  deinit {
    process.kill()
    _ = process.wait()
    #if canImport(Testing)
    guard let log else { return }
    for violation in ReplyLog.violations(inFile: log) { Issue.record("\(violation)") }
    #endif
  }

  /// Ends the emulator as a user would, and yields how it ended.
  @discardableResult
  package func stop() async -> ChildProcess.Status {
    process.signal(.terminate)
    let process = process
    return await onThread { process.wait() }
  }

  /// Sends a request with `curl` and yields the body; an HTTP error is an error here.
  @discardableResult
  package func send(
    _ method: String = "GET",
    _ path: String,
    json: String? = nil
  ) async throws -> [UInt8] {
    var arguments = ["--silent", "--show-error", "--fail-with-body", "--request", method]
    if json != nil {
      arguments += ["--header", "Content-Type: application/json", "--data-binary", "@-"]
    }
    let child = ChildProcess(
      "curl",
      arguments + ["\(baseURL)\(path)"],
      environment: Programs.environment(home: folder.path),
      input: Array((json ?? "").utf8)
    )
    let done = try await child.run(timeout: .seconds(60))
    guard done.isSuccess else {
      let said = String(decoding: done.errors + done.output, as: UTF8.self)
      throw Failure(description: "\(method) \(path): \(said)")
    }
    return done.output
  }

  /// Sends a request and decodes its JSON.
  package func read<Value: Decodable>(
    _ path: String,
    as type: Value.Type = Value.self
  ) async throws -> Value {
    try JSONDecoder().decode(type, from: Data(await send("GET", path)))
  }

  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Reads shell assignments of the form `NAME=value`, quoted or not.
  private static func assignments(in text: String) throws -> [String: String] {
    var result: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let quotes: Set<Character> = ["'", "\""]
      var value = parts[1]
      if let first = value.first, quotes.contains(first), value.last == first, value.count > 1 {
        value = value.dropFirst().dropLast()
      }
      result[String(parts[0])] = String(value)
    }
    return result
  }
}

/// Runs blocking work on a thread of its own.
package func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    DispatchQueue(label: "blocking").async { continuation.resume(returning: work()) }
  }
}
