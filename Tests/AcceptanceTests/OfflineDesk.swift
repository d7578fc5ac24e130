import Platform
import TestSupport
import Testing

/// A repository without any tenant to speak to, and the program in it.
struct OfflineDesk {
  let folder: TemporaryFolder
  let repository: GitFixture

  /// What one call of the program came to.
  struct Run: Sendable {
    var code: Int
    var output: String
    var errors: String
  }

  private struct Killed: Error {}

  /// Makes a repository with a commit for each set of files.
  init(_ commits: [String: String?]...) async throws {
    folder = try TemporaryFolder()
    repository = try await GitFixture(at: folder.path("access"), home: folder.path)
    for (number, files) in commits.enumerated() {
      try await repository.commit("Step \(number) (#\(number + 1))", files: files)
    }
  }

  func guestlist(_ arguments: String..., in place: String? = nil) async throws -> Run {
    try await guestlist(arguments, in: place)
  }

  func guestlist(_ arguments: [String], in place: String? = nil) async throws -> Run {
    let child = ChildProcess(
      try Programs.built("guestlist"),
      arguments,
      environment: Programs.environment(home: folder.path),
      folder: place ?? repository.path
    )
    let done = try await child.run(timeout: .seconds(120))
    guard case .exited(let code) = done.status else { throw Killed() }
    return Run(
      code: code,
      output: String(decoding: done.output, as: UTF8.self),
      errors: String(decoding: done.errors, as: UTF8.self)
    )
  }
}
