internal import Glibc
internal import Platform

/// A server on loopback that answers each request with the bytes, or the silence, that a test wants.
///
/// It reads a request whole (head, and as many bytes as `Content-Length` says) and asks the test
/// what to do, by the request's number across all connections, from 0.
@safe
package final class RawServer: Sendable {
  package let port: UInt16
  private let listener: Int32
  private let state = Locked(State())

  private struct State {
    var requests: [String] = []
    var connections: [Int32] = []
    var connectionCount = 0
    var isStopped = false
  }

  package enum Step: Sendable {
    case reply(String)
    case replyBytes([UInt8])
    case replyAndClose(String)
    /// Closes the connection without a word.
    case close
    /// Ends the connection with a reset.
    case reset
    /// Keeps the connection and says nothing.
    case silence
  }

  /// Listens on a free port of 127.0.0.1.
  package convenience init(
    _ answer: @escaping @Sendable (_ number: Int, _ request: String) -> Step
  ) throws {
    try self.init(greeting: "", answer)
  }

  /// A server that speaks first, and then hangs up.
  package static func greeting(_ text: String) throws -> RawServer {
    try RawServer(greeting: text) { _, _ in .close }
  }

  private init(
    greeting: String,
    _ answer: @escaping @Sendable (Int, String) -> Step
  ) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = self.listener
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(listener, pointer, size) == 0 && listen(listener, 64) == 0
          && getsockname(listener, pointer, &size) == 0
      }
    }
    guard isBound else { throw Failure() }
    port = UInt16(bigEndian: address.sin_port)
    let state = self.state
    try DedicatedThread.start("raw-server") { Self.accept(listener, state, greeting, answer) }
  }

  deinit { stop() }

  /// The heads and bodies of all requests that arrived whole, in order.
  package var requests: [String] { state.withLock { $0.requests } }

  /// How many connections were accepted so far.
  package var connectionCount: Int { state.withLock { $0.connectionCount } }

  package var url: String { "http://127.0.0.1:\(port)" }

  /// Ends every connection and stops listening.
  package func stop() {
    let open = state.withLock { state in
      guard !state.isStopped else { return [Int32]() }
      state.isStopped = true
      return state.connections + [listener]
    }
    for descriptor in open { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  package struct Failure: Error {}

  /// A reply of the usual shape.
  package static func message(_ status: String, _ body: String, fields: String = "") -> String {
    "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
  }

  private static func accept(
    _ listener: Int32,
    _ state: Locked<State>,
    _ greeting: String,
    _ answer: @escaping @Sendable (Int, String) -> Step
  ) {
    while case let connection = Glibc.accept(listener, nil, nil), connection >= 0 {
      let isOpen = state.withLock { state in
        state.connectionCount += 1
        if !state.isStopped { state.connections.append(connection) }
        return !state.isStopped
      }
      guard isOpen else { break }
      try? DedicatedThread.start("raw-connection") {
        send(Array(greeting.utf8), connection)
        serve(connection, state, answer)
      }
    }
    _ = close(listener)
  }

  private static func serve(
    _ connection: Int32,
    _ state: Locked<State>,
    _ answer: (Int, String) -> Step
  ) {
    var input: [UInt8] = []
    serving: while let request = readRequest(connection, &input) {
      let number = state.withLock { state in
        state.requests.append(request)
        return state.requests.count - 1
      }
      switch answer(number, request) {
      case .reply(let text): send(Array(text.utf8), connection)
      case .replyBytes(let bytes): send(bytes, connection)
      case .replyAndClose(let text):
        send(Array(text.utf8), connection)
        break serving
      case .close: break serving
      case .reset:
        var option = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<linger>.size)
        _ = unsafe setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, size)
        break serving
      case .silence: continue
      }
    }
    // Closed under the lock, so that nobody shuts down a number that is somebody else's by then.
    state.withLock { state in
      state.connections.removeAll { $0 == connection }
      _ = close(connection)
    }
  }

  private static func send(_ bytes: [UInt8], _ connection: Int32) {
    var offset = 0
    while offset < bytes.count {
      let sent = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe buffer.baseAddress?.advanced(by: offset)
        return unsafe Glibc.send(
          connection,
          rest,
          bytes.count - offset,
          Int32(MSG_NOSIGNAL)
        )
      }
      guard sent > 0 else { return }
      offset += sent
    }
  }

  private static func readRequest(_ connection: Int32, _ input: inout [UInt8]) -> String? {
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      if let size = size(ofRequestIn: input), input.count >= size {
        defer { input.removeFirst(size) }
        return String(decoding: input.prefix(size), as: UTF8.self)
      }
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe recv(connection, buffer.baseAddress, buffer.count, 0)
      }
      guard count > 0 else { return nil }
      input += chunk.prefix(count)
    }
  }

  private static func size(ofRequestIn input: [UInt8]) -> Int? {
    let text = String(decoding: input, as: UTF8.self)
    guard
      let end = text.utf8.indices.first(where: { text.utf8[$0...].starts(with: "\r\n\r\n".utf8) })
    else { return nil }
    let head = text.utf8.distance(from: text.utf8.startIndex, to: end) + 4
    let length = text[..<end].lowercased().split(separator: "\r\n")
      .first { $0.hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) }
    return head + (length ?? 0)
  }
}
