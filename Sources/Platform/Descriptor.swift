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
}
