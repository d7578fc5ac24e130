internal import FoundationEssentials
internal import Platform
internal import TestSupport

/// A repository with the programs at hand, and an emulated tenant where one is wanted.
struct Workplace {
  let repository: String
  private let folder: TemporaryFolder
  private let emulator: EmulatorFixture?

  /// Takes a repository that exists; with a scenario, an emulator without limits is started.
  init(repository: String, in folder: TemporaryFolder, scenario: String? = nil) async throws {
    self.repository = repository
    self.folder = folder
    try PrivateFile.createFolder(folder.path("home"))
    guard let scenario else {
      emulator = nil
      return
    }
    let file = try folder.write("tenant.json", scenario)
    emulator = try await EmulatorFixture(scenario: file, arguments: ["--limits", "none"])
  }

  /// Makes a repository of one commit with the files of a folder.
  static func commit(
    _ files: [String: String],
    scenario: String? = nil
  ) async throws -> Workplace {
    let folder = try TemporaryFolder()
    try PrivateFile.createFolder(folder.path("home"))
    let repository = try await GitFixture(at: folder.path("access"), home: folder.path("home"))
    try await repository.commit("Everybody", files: files)
    return try await Workplace(repository: repository.path, in: folder, scenario: scenario)
  }

  /// Runs `guestlist`; any exit code but zero is an error.
  func guestlist(_ arguments: String...) async throws {
    let child = ChildProcess(
      try Programs.built("guestlist"),
      arguments,
      environment: Programs.environment(
        home: folder.path("home"),
        adding: (emulator?.variables ?? [:]).merging([
          "GUESTLIST_JOURNAL": folder.path("journal.sqlite")
        ]) { $1 }
      ),
      folder: repository
    )
    let done = try await child.run(timeout: .seconds(600))
    guard done.isSuccess else {
      let said = String(decoding: done.output + done.errors, as: UTF8.self)
      throw Failure(description: "guestlist \(arguments): \(done.status)\n\(said)")
    }
  }

  /// The HTTP requests that reach the emulator while a body runs.
  func roundTrips(_ body: () async throws -> Void) async throws -> Double {
    struct Counts: Decodable { var roundTrips: Int }
    guard let emulator else { throw Failure(description: "no emulator was started") }
    try await emulator.send("POST", "/_emulator/counts/reset")
    try await body()
    return Double(try await emulator.read("/_emulator/counts", as: Counts.self).roundTrips)
  }

  struct Failure: Error, CustomStringConvertible { var description: String }
}

/// An identifier of a kind of thing, counted.
func identifier(_ kind: Int, _ number: Int) -> String {
  let digits = String(number, radix: 16)
  return "\(kind)0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count)
    + digits
}
