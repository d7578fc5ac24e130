import FoundationEssentials
import Git
import Platform
import TestSupport

/// A temporary folder with one repository of real git in it.
struct Scratch {
  let folder: TemporaryFolder
  let git: GitFixture

  init(options: [String] = []) async throws {
    folder = try TemporaryFolder()
    git = try await GitFixture(at: folder.path("work"), home: folder.path, options: options)
  }

  func open(_ name: String = "work") throws -> Repository {
    try Repository(at: folder.path(name))
  }

  /// The object that a git command printed.
  func id(_ arguments: String..., input: String = "") async throws -> ObjectID {
    let text = try await git.git(arguments, input: input)
    return try Self.id(text)
  }

  static func id(_ text: String) throws -> ObjectID {
    guard let id = ObjectID(hex: text) else { throw Unexpected(text: text) }
    return id
  }

  /// Writes an object as it is, by `git hash-object --literally`.
  func store(_ type: String, _ bytes: [UInt8]) async throws -> ObjectID {
    let file = try folder.write("object", bytes)
    return try await id("hash-object", "-t", type, "-w", "--literally", file)
  }

  struct Unexpected: Error {
    var text: String
  }
}

/// The kind of the error that a body fails with; `nil` where it does not fail.
func kind(_ body: () throws -> Void) -> GitError.Kind? {
  do { try body() } catch { return (error as? GitError)?.kind }
  return nil
}
