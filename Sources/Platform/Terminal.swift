internal import CPOSIX

/// What a standard stream is connected to.
package enum Terminal {
  package enum Stream: Sendable {
    case input, output, error

    fileprivate var descriptor: Int32 {
      switch self {
      case .input: STDIN_FILENO
      case .output: STDOUT_FILENO
      case .error: STDERR_FILENO
      }
    }
  }

  /// Whether a person may be looking at the stream.
  package static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.descriptor) == 1 }

  /// The width of the terminal in columns; `nil` where the stream is none.
  package static func columns(_ stream: Stream) -> Int? {
    let columns = shim_terminal_columns(stream.descriptor)
    return columns > 0 ? Int(columns) : nil
  }

  /// Writes bytes to a standard stream; a reader that went away is an error, never a signal.
  package static func write(_ bytes: [UInt8], to stream: Stream) throws(PlatformError) {
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe CPOSIX.write(
          stream.descriptor,
          buffer.baseAddress?.advanced(by: offset),
          bytes.count - offset
        )
      }
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {
          var waiting = pollfd(fd: stream.descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&waiting, 1, 1000)
          continue
        }
        throw .last("writing the output")
      }
      offset += written
    }
  }
}
