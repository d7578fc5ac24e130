internal import CPOSIX

/// Files and folders that only their owner may read.
package enum PrivateFile {
  /// Creates or replaces a file of mode 0600 in one step: whoever looks sees the old bytes or the
  /// new ones, and never a file that others may read.
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

  /// Appends to a file of mode 0600, which is created where it is missing.
  package static func append(_ bytes: [UInt8], to path: String) throws(PlatformError) {
    let file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
    try file.writeAll(bytes, to: path)
  }

  /// Creates an empty file of mode 0600 where there is none.
  package static func create(_ path: String) throws(PlatformError) {
    _ = try Descriptor.open(path, O_WRONLY | O_CREAT, mode: 0o600)
  }

  /// Reads a whole file of at most `limit` bytes; a longer one is an error of kind `tooMuchOutput`.
  package static func read(_ path: String, limit: Int) throws(PlatformError) -> [UInt8] {
    let file = try Descriptor.open(path, O_RDONLY)
    var bytes: [UInt8] = []
    while true {
      let chunk = try file.readSome(65_536, of: path)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      guard bytes.count <= limit else {
        throw PlatformError(
          .tooMuchOutput,
          operation: "reading `\(path)`",
          detail: "more than \(limit) bytes"
        )
      }
    }
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
