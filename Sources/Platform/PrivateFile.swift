internal import CPOSIX

/// Files and folders that only this user can change.
///
/// Other users may be able to put something at a path before we open it. So a file is opened
/// without following a link and without waiting for the other end of a pipe, and one that somebody
/// else owns or can write is refused with `notPrivate` instead of being used or repaired.
package enum PrivateFile {
  /// Creates or replaces a file of mode 0600 in one step: a reader sees the old bytes or the new
  /// ones, and never a file that others may read.
  package static func write(_ bytes: [UInt8], to path: String) throws(PlatformError) {
    // A process's number is its own on one machine only, and a folder may be shared by several.
    let draft = "\(path).\(String(SystemTime.randomWord(), radix: 16)).new"
    do throws(PlatformError) {
      let file = try Descriptor.open(draft, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
      try file.writeAll(bytes, to: path)
      guard fsync(file.number) == 0 else { throw .last("writing `\(path)`") }
      guard unsafe rename(draft, path) == 0 else { throw .last("replacing `\(path)`") }
    } catch {
      _ = unsafe unlink(draft)
      throw error
    }
  }

  /// Appends to a file of mode 0600, which is created where it is missing; one that others may read
  /// is refused.
  ///
  /// With `isFlushed` the bytes are on the disk when it returns.
  package static func append(
    _ bytes: [UInt8],
    to path: String,
    isFlushed: Bool = false
  ) throws(PlatformError) {
    let file = try Descriptor.openPrivate(path, O_WRONLY | O_CREAT | O_APPEND, hidden: true)
    try file.writeAll(bytes, to: path)
    if isFlushed, fsync(file.number) != 0 { throw .last("writing `\(path)`") }
  }

  /// Creates an empty file of mode 0600 where there is none, and checks the one that is there.
  package static func create(_ path: String) throws(PlatformError) {
    do throws(PlatformError) {
      _ = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    } catch {
      guard error.kind == .alreadyExists else { throw error }
    }
    try check(path)
  }

  /// Refuses a file that another user owns, can write or can replace; it is not opened, because
  /// closing a database drops the locks that the process holds on it.
  package static func check(_ path: String) throws(PlatformError) {
    let operation = "opening `\(path)`"
    try FileStatus(at: path, operation).expectPrivate(operation)
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let status = try FileStatus(at: "\(folder)/.", operation)
    guard !status.letsOthersReplace else {
      throw PlatformError(
        .notPrivate,
        operation: operation,
        detail: "everybody can replace files in its folder"
      )
    }
  }

  /// Reads a whole file of at most `limit` bytes; a longer one is an error of kind `tooMuchOutput`.
  package static func read(_ path: String, limit: Int) throws(PlatformError) -> [UInt8] {
    try Descriptor.openPrivate(path, O_RDONLY).readAll(limit: limit, of: path)
  }

  /// Creates a folder of mode 0700 with all folders above it; one that exists is left as it is.
  package static func createFolder(_ path: String) throws(PlatformError) {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      prefix += prefix.isEmpty || prefix.hasSuffix("/") ? String(part) : "/\(part)"
      guard unsafe mkdir(prefix, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
        throw .last("creating the folder `\(prefix)`")
      }
    }
  }
}

/// Files that others may read as the user's own file mode creation mask allows.
package enum PublicFile {
  /// Creates or replaces a file; a device or a pipe is written to as it is.
  package static func write(_ bytes: [UInt8], to path: String) throws(PlatformError) {
    let file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o666)
    try file.writeAll(bytes, to: path)
  }

  /// Reads a whole file of at most `limit` bytes, no matter who owns it; a longer one is an error
  /// of kind `tooMuchOutput`, and a pipe or a device, which may never end, one of kind
  /// `notRegular`.
  package static func read(_ path: String, limit: Int) throws(PlatformError) -> [UInt8] {
    try Descriptor.openRegular(path, O_RDONLY).readAll(limit: limit, of: path)
  }
}
