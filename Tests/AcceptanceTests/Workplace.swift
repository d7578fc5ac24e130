import FoundationEssentials
import Platform
import TestSupport
import Testing

/// A user's place of work: a repository, an emulated tenant, and the program.
struct Workplace {
  let folder: TemporaryFolder
  let repository: GitFixture
  let emulator: EmulatorFixture

  /// What one call of the program came to.
  struct Run: Sendable {
    var exitCode: Int
    var output: String
    var errors: String
  }

  init(scenario: String, arguments: [String] = []) async throws {
    folder = try TemporaryFolder()
    try PrivateFile.createFolder(folder.path("home"))
    repository = try await GitFixture(at: folder.path("access"), home: folder.path("home"))
    emulator = try await EmulatorFixture(
      scenario: scenario,
      arguments: arguments,
      checksReplies: true
    )
  }

  /// The environment in which the user calls the program.
  var environment: [String: String] {
    Programs.environment(
      home: folder.path("home"),
      adding: emulator.variables.merging([
        "XDG_STATE_HOME": folder.path("state"), "XDG_CACHE_HOME": folder.path("cache"),
        "GUESTLIST_JOURNAL": folder.path("state/journal.sqlite"),
      ]) { _, new in new }
    )
  }

  /// What changes the credentials to those of a client that can only read.
  var reader: [String: String] {
    Dictionary(
      uniqueKeysWithValues: emulator.variables.compactMap { name, value in
        name.hasPrefix("READER_") ? (String(name.dropFirst("READER_".count)), value) : nil
      }
    )
  }

  func guestlist(
    _ arguments: String...,
    changing changes: [String: String] = [:],
    in place: String? = nil
  ) async throws -> Run {
    try await guestlist(arguments, changing: changes, in: place)
  }

  func guestlist(
    _ arguments: [String],
    changing changes: [String: String] = [:],
    in place: String? = nil
  ) async throws -> Run {
    let child = ChildProcess(
      try Programs.built("guestlist"),
      arguments,
      environment: environment.merging(changes) { _, new in new },
      folder: place ?? repository.path
    )
    let done = try await child.run(timeout: .seconds(120))
    let code: Int =
      switch done.status {
      case .exited(let code): code
      case .signalled(let number): 128 + number
      }
    let run = Run(
      exitCode: code,
      output: String(decoding: done.output, as: UTF8.self),
      errors: String(decoding: done.errors, as: UTF8.self)
    )
    expectNoSecret(
      in: run.output + run.errors,
      "the output of `\(arguments.joined(separator: " "))`"
    )
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    where !name.hasPrefix("access/") && !name.hasPrefix("home/") && !name.hasPrefix("secret/") {
      // A folder, a pipe, or what a run deleted meanwhile has no bytes.
      guard let bytes = try? PublicFile.read(folder.path(name), limit: 1 << 30) else { continue }
      expectNoSecret(in: String(decoding: bytes, as: UTF8.self), name)
    }
    return run
  }

  /// Fails the test where the client's secret, a token or a redeem address shows.
  ///
  /// Every output and every file that a run leaves behind is searched, the journal included; only
  /// what the test puts into the folder `secret` may hold redeem addresses.
  func expectNoSecret(in text: String, _ name: String) {
    for (variable, value) in emulator.variables where variable.hasSuffix("_SECRET") {
      #expect(!text.contains(value), "`\(variable)` is in \(name)")
    }
    for pattern in ["Bearer ", "access_token", "microsoft.com%2fredeem", "/redeem?rd="] {
      #expect(!text.contains(pattern), "`\(pattern)` is in \(name)")
    }
  }
}
