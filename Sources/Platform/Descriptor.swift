internal import CPOSIX

/// An open file descriptor with one owner, closed when the owner lets go.
struct Descriptor: ~Copyable {
  let number: Int32

  init(adopting number: Int32) { self.number = number }

  deinit { _ = close(number) }

  /// Opens a path; the descriptor does not survive into child processes.
  static func open(
    _ path: String,
    _ flags: Int32,
    mode: mode_t = 0
  ) throws(PlatformError) -> Descriptor {
    let number = unsafe shim_open(path, flags | O_CLOEXEC, mode)
    guard number >= 0 else { throw .last("opening `\(path)`") }
    return Descriptor(adopting: number)
  }

  /// Opens a regular file, without waiting for the other end of a pipe.
  static func openRegular(
    _ path: String,
    _ flags: Int32,
    mode: mode_t = 0
  ) throws(PlatformError) -> Descriptor {
    let operation = "opening `\(path)`"
    let file: Descriptor
    do throws(PlatformError) {
      file = try open(path, flags | O_NONBLOCK | O_NOCTTY, mode: mode)
    } catch {
      // The error codes of a pipe that nobody reads and of a link say nothing useful.
      if let status = try? FileStatus(at: path, operation) { try status.expectRegular(operation) }
      throw error
    }
    try FileStatus(of: file, operation).expectRegular(operation)
    return file
  }

  /// Opens a file that nobody but this user can write, and with `hidden` read; a link is not
  /// followed, and what is created has mode 0600.
  static func openPrivate(
    _ path: String,
    _ flags: Int32,
    hidden: Bool = false
  ) throws(PlatformError) -> Descriptor {
    let file = try openRegular(path, flags | O_NOFOLLOW, mode: 0o600)
    let operation = "opening `\(path)`"
    try FileStatus(of: file, operation).expectPrivate(operation, hidden: hidden)
    return file
  }

  /// Writes all bytes, however many calls that takes.
  borrowing func writeAll(_ bytes: [UInt8], to name: String) throws(PlatformError) {
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe write(number, buffer.baseAddress?.advanced(by: offset), bytes.count - offset)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw .last("writing `\(name)`")
      }
      offset += written
    }
  }

  /// Reads up to a number of bytes; none at the end of the file.
  borrowing func readSome(_ count: Int, of name: String) throws(PlatformError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, count) }
      if got < 0 {
        if errno == EINTR { continue }
        throw .last("reading `\(name)`")
      }
      buffer.removeLast(count - got)
      return buffer
    }
  }

  /// Reads to the end of the file; more than `limit` bytes are an error of kind `tooMuchOutput`.
  consuming func readAll(limit: Int, of name: String) throws(PlatformError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let chunk = try readSome(65_536, of: name)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      guard bytes.count <= limit else {
        throw PlatformError(
          .tooMuchOutput,
          operation: "reading `\(name)`",
          detail: "more than \(limit) bytes"
        )
      }
    }
  }
}
