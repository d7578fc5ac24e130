internal import CPOSIX

/// An exclusive lock on a file, held until it is released or the process ends, however it ends.
package struct FileLock: ~Copyable, Sendable {
  private let file: Descriptor
  private let path: String

  /// Takes the lock without waiting; `nil` where another holder has it.
  ///
  /// The other holder may be in this process. The file is created with mode 0600 where it is missing, and never deleted, so that
  /// all who come lock the same one. A link, or a file that another user owns or can write, is
  /// refused untouched.
  package init?(path: String) throws(PlatformError) {
    let file = try Descriptor.openPrivate(path, O_RDWR | O_CREAT)
    guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
      if errno == EWOULDBLOCK { return nil }
      throw .last("locking `\(path)`")
    }
    self.file = file
    self.path = path
  }

  // Said in so many words, because closing is not enough while a child that is just being started
  // still has a copy of the descriptor.
  deinit { _ = flock(file.number, LOCK_UN) }

  /// Whether the path still leads to the file that is locked; one that somebody deleted or replaced
  /// keeps nobody out any more.
  package borrowing func isInPlace() -> Bool {
    guard let there = try? FileStatus(at: path, path), let ours = try? FileStatus(of: file, path)
    else { return false }
    return there.isSame(as: ours)
  }

  /// Writes who holds the lock, for others to read.
  package borrowing func describeHolder(_ text: String) throws(PlatformError) {
    guard ftruncate(file.number, 0) == 0, lseek(file.number, 0, SEEK_SET) == 0 else {
      throw .last("writing `\(path)`")
    }
    try file.writeAll(Array(text.utf8), to: path)
  }

  /// What this holder wrote, or one that ended without clearing it.
  package borrowing func holder() throws(PlatformError) -> String {
    guard lseek(file.number, 0, SEEK_SET) == 0 else { throw .last("reading `\(path)`") }
    return String(decoding: try file.readSome(4096, of: path), as: UTF8.self)
  }

  /// What the holder wrote about itself; empty where it wrote nothing yet.
  package static func holder(of path: String) -> String {
    let bytes = (try? PrivateFile.read(path, limit: 4096)) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }
}
