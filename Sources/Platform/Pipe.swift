internal import CPOSIX

/// A pipe between this process and a child; each end is closed once.
final class Pipe: Sendable {
  private struct Ends {
    var reader: Int32?
    var writer: Int32?
  }

  private let ends: Locked<Ends>

  init() throws(PlatformError) {
    var numbers: [Int32] = [0, 0]
    guard unsafe numbers.withUnsafeMutableBufferPointer({ unsafe shim_pipe($0.baseAddress) }) == 0
    else { throw .last("making a pipe") }
    ends = Locked(Ends(reader: numbers[0], writer: numbers[1]))
  }

  deinit {
    closeReader()
    closeWriter()
  }

  var reader: Int32 { ends.withLock { $0.reader ?? -1 } }
  var writer: Int32 { ends.withLock { $0.writer ?? -1 } }
  var isReadable: Bool { reader >= 0 }

  func closeReader() {
    ends.withLock { ends in
      if let number = ends.reader { _ = close(number) }
      ends.reader = nil
    }
  }

  func closeWriter() {
    ends.withLock { ends in
      if let number = ends.writer { _ = close(number) }
      ends.writer = nil
    }
  }

  /// A child that does not read must not stop us from reading what it says.
  func makeWriterNonBlocking() { _ = shim_set_nonblocking(writer) }

  /// Reads at most `count` bytes; `nil` at the end, which also closes the reader.
  func readSome(_ count: Int) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: count)
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes { unsafe read(reader, $0.baseAddress, count) }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        closeReader()
        return nil
      }
      buffer.removeLast(count - got)
      return buffer
    }
  }

  /// Reads what is there without waiting; `nil` where nothing is, or where the pipe has ended.
  func readAvailable() -> [UInt8]? {
    guard isReadable else { return nil }
    var waiting = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&waiting, 1, 0) > 0 else { return nil }
    return readSome(65_536)
  }

  /// Writes as much as the child takes now; closes the writer when all is written or nobody reads.
  func writeSome(from bytes: inout [UInt8]) {
    guard writer >= 0 else { return }
    guard !bytes.isEmpty else { return closeWriter() }
    let written = unsafe bytes.withUnsafeBytes { unsafe write(writer, $0.baseAddress, $0.count) }
    if written < 0 {
      if errno != EAGAIN, errno != EINTR { closeWriter() }
      return
    }
    bytes.removeFirst(written)
    if bytes.isEmpty { closeWriter() }
  }

  func waitReadable(until deadline: ContinuousClock.Instant) -> Bool {
    Self.wait(readers: [self], writer: nil, until: deadline)
  }

  /// Waits until one end is ready; false where the deadline came first.
  static func wait(
    readers: [Pipe],
    writer: Pipe?,
    until deadline: ContinuousClock.Instant?
  ) -> Bool {
    var waiting = readers.map { pollfd(fd: $0.reader, events: Int16(POLLIN), revents: 0) }
    if let writer { waiting.append(pollfd(fd: writer.writer, events: Int16(POLLOUT), revents: 0)) }
    while true {
      let left = deadline.map { ContinuousClock.now.duration(to: $0) }
      if let left, left <= .zero { return false }
      let milliseconds = left.map { Int32(clamping: Int64($0 / .milliseconds(1)) &+ 1) } ?? -1
      let ready = unsafe poll(&waiting, nfds_t(waiting.count), milliseconds)
      if ready > 0 { return true }
      if ready < 0, errno != EINTR { return true }
    }
  }
}
