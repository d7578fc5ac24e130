internal import CPOSIX

/// Files that others may read as the user's own file mode creation mask allows.
package enum PublicFile {
  /// Creates or replaces a file; a device or a pipe is written to as it is.
  package static func write(_ bytes: [UInt8], to path: String) throws(PlatformError) {
    let file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o666)
    try file.writeAll(bytes, to: path)
  }

  /// Reads a whole file of at most `limit` bytes; a longer one is an error of kind `tooMuchOutput`.
  package static func read(_ path: String, limit: Int) throws(PlatformError) -> [UInt8] {
    try PrivateFile.read(path, limit: limit)
  }
}
