internal import FoundationEssentials
internal import Platform

/// A folder of a test's own, deleted with everything in it when the last one lets go.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    path = "\(base)/guestlist-test-\(UUID().uuidString.lowercased())"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something in the folder.
  package func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, making the folders above it.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  /// Writes a file, making the folders above it.
  @discardableResult
  package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let target = path(name)
    let folder = target.prefix(upTo: target.lastIndex(of: "/") ?? target.startIndex)
    try FileManager.default.createDirectory(
      atPath: String(folder),
      withIntermediateDirectories: true
    )
    try Data(bytes).write(to: URL(filePath: target))
    return target
  }

  /// Reads a file of the folder.
  package func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
  }
}

extension TemporaryFolder {
  /// Reads the bytes of a file of the folder.
  package func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }
}

extension TemporaryFolder {
  /// Puts a named pipe into the folder and yields its path.
  package func makePipe(_ name: String) async throws -> String {
    let child = ChildProcess(
      "mkfifo",
      ["-m", "600", path(name)],
      environment: Programs.environment(home: path)
    )
    guard try await child.run().isSuccess else { throw CocoaError(.fileWriteUnknown) }
    return path(name)
  }

  /// Puts a symbolic link into the folder and yields its path.
  package func makeLink(_ name: String, to target: String) throws -> String {
    try FileManager.default.createSymbolicLink(
      atPath: path(name),
      withDestinationPath: target
    )
    return path(name)
  }
}

/// Gives a file other permission bits.
package func setMode(_ mode: Int, of path: String) throws {
  try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

/// Gives a file to `nobody`, which only root can do.
package func giveAway(_ path: String) throws {
  try FileManager.default.setAttributes(
    [.ownerAccountID: 65_534, .groupOwnerAccountID: 65_534],
    ofItemAtPath: path
  )
}

/// The permission bits of a file.
package func mode(of path: String) throws -> Int {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return attributes[.posixPermissions] as? Int ?? -1
}
