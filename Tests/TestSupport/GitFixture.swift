internal import FoundationEssentials
package import Platform

/// A repository that a test builds with the real `git`, away from the user's configuration.
///
/// Dates are set by the test: each commit is made at `moment`, in UTC seconds, which then moves on
/// by an hour, so that the hashes are the same on every machine.
package final class GitFixture: Sendable {
  package let path: String
  private let home: String
  private let moment: Locked<Int64>

  /// Makes a repository with the branch `main` and no commit in it.
  package init(
    at path: String,
    home: String,
    options: [String] = [],
    firstCommitAt moment: Int64 = 1_767_225_600
  ) async throws {
    self.path = path
    self.home = home
    self.moment = Locked(moment)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try await git(["init", "--quiet", "--initial-branch=main"] + options)
  }

  /// The moment at which the next commit is made.
  package var now: Int64 {
    get { moment.withLock { $0 } }
    set { moment.withLock { $0 = newValue } }
  }

  /// Runs git in the repository and yields what it printed, without the last line end.
  @discardableResult
  package func git(_ arguments: [String], input: String = "") async throws -> String {
    let date = "\(now) +0000"
    let child = ChildProcess(
      "git",
      arguments,
      environment: Programs.environment(
        home: home,
        adding: [
          "GIT_AUTHOR_NAME": "Ada Author", "GIT_AUTHOR_EMAIL": "ada@contoso.example",
          "GIT_COMMITTER_NAME": "Carl Committer", "GIT_COMMITTER_EMAIL": "carl@contoso.example",
          "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_MERGE_AUTOEDIT": "no",
        ]
      ),
      folder: path,
      input: Array(input.utf8)
    )
    let done = try await child.run(timeout: .seconds(120))
    guard done.isSuccess else {
      throw Failure(
        arguments: arguments,
        status: done.status,
        errors: String(decoding: done.errors, as: UTF8.self)
      )
    }
    var text = String(decoding: done.output, as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  @discardableResult
  package func git(_ arguments: String...) async throws -> String { try await git(arguments) }

  /// Writes a file of the work tree; `nil` deletes it.
  package func write(_ file: String, _ text: String?) throws {
    let target = "\(path)/\(file)"
    guard let text else { return try FileManager.default.removeItem(atPath: target) }
    let folder = target.prefix(upTo: target.lastIndex(of: "/") ?? target.startIndex)
    try FileManager.default.createDirectory(
      atPath: String(folder),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: URL(filePath: target))
  }

  /// Commits everything in the work tree and yields the commit's hash.
  @discardableResult
  package func commit(_ message: String, files: [String: String?] = [:]) async throws -> String {
    for (file, text) in files.sorted(by: { $0.key < $1.key }) { try write(file, text) }
    try await git("add", "--all")
    try await git("commit", "--quiet", "--allow-empty", "--message", message)
    now += 3600
    return try await git("rev-parse", "HEAD")
  }

  package struct Failure: Error, CustomStringConvertible {
    package var arguments: [String]
    package var status: ChildProcess.Status
    package var errors: String
    package var description: String {
      "git \(arguments.joined(separator: " ")): \(status): \(errors)"
    }
  }
}
