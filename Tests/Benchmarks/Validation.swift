internal import FoundationEssentials
internal import Platform
internal import TestSupport

extension Benchmark {
  /// `guestlist validate` of Contoso, the organisation that stands in this repository, as a whole
  /// process beside `guestlist --version`.
  static let validation = Benchmark(name: "validation") {
    let folder = try TemporaryFolder()
    let home = folder.path("home")
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    let repository = try await GitFixture(at: folder.path("access"), home: home)
    try FileManager.default.copyItem(
      atPath: "desired-state",
      toPath: "\(repository.path)/desired-state"
    )
    try await repository.commit("Contoso")
    let program = try Programs.built("guestlist")
    let environment = Programs.environment(home: home, adding: [:])
    func run(_ arguments: [String]) async throws {
      let child = ChildProcess(
        program,
        arguments,
        environment: environment,
        folder: repository.path
      )
      let done = try await child.run(timeout: .seconds(60))
      guard done.isSuccess else {
        let said = String(decoding: done.output + done.errors, as: UTF8.self)
        throw Failure(description: "guestlist \(arguments): \(done.status)\n\(said)")
      }
    }
    let (validate, version) = try await Timing.pairs(
      25,
      { try await run(["validate"]) },
      { try await run(["--version"]) }
    )
    return [
      .ratio(
        "validation of Contoso",
        figure: validate,
        unit: "s",
        to: version,
        of: "guestlist --version",
        atMost: 3
      )
    ]
  }

  private struct Failure: Error, CustomStringConvertible { var description: String }
}
