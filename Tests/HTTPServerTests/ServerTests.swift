import HTTP
import HTTPServer
import Platform
import TestSupport
import Testing

struct ServerTests {
  /// A server that answers with what it was asked.
  private func echo(_ change: (inout ServerConfiguration) -> Void = { _ in }) throws -> Server {
    var configuration = ServerConfiguration()
    change(&configuration)
    return try Server(configuration) { request in
      ServerResponse(
        status: 200,
        headers: [.init("X-Target", request.target), .init("X-Method", request.method)],
        body: request.body
      )
    }
  }

  private func send(
    _ server: Server,
    _ method: HTTPMethod = .get,
    _ target: String = "/",
    body: [UInt8] = [],
    over transport: CurlTransport = CurlTransport()
  ) async throws -> HTTPResponse {
    let url = try #require(HTTPURL("http://127.0.0.1:\(server.port)\(target)"))
    return try await transport.send(HTTPRequest(method, url, body: body))
  }

  @Test func `a free port is taken and reported`() async throws {
    let server = try echo()
    #expect(server.port != 0)
    #expect(try await send(server).status == 200)
    #expect(throws: HTTPServerError.self) { try echo { $0.port = server.port } }
    server.stop()
    await #expect(throws: HTTPError.self) { try await send(server) }
  }

  @Test(arguments: ["/a%20b?%24select=id&x='%2F'", "/users('x')/a//b?", "/?a=1&a=2"])
  func `the target arrives exactly as it was sent`(target: String) async throws {
    let server = try echo()
    #expect(try await send(server, .get, target).headers["X-Target"] == target)
  }

  @Test(arguments: [0, 1, 1000, 70_000, 1_000_000])
  func `a body of any size up to the limit arrives whole`(size: Int) async throws {
    let server = try echo { $0.bodyLimit = 1_000_000 }
    let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let answer = try await send(server, .post, "/", body: body)
    #expect(answer.body == body)
    #expect(answer.headers["X-Method"] == "POST")
  }

  @Test func `a body above the limit is 413, announced or not`() async throws {
    let server = try echo { $0.bodyLimit = 1000 }
    let body = [UInt8](repeating: 0x61, count: 1001)
    #expect(try await send(server, .post, "/", body: body).status == 413)
    let chunked =
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "7d0\r\n" + String(repeating: "a", count: 2000) + "\r\n0\r\n\r\n"
    #expect(try await raw(server, chunked).hasPrefix("HTTP/1.1 413"))
    #expect(try await send(server).status == 200)
  }

  @Test func `many requests share a connection`() async throws {
    let server = try echo()
    let text = String(repeating: "GET /x HTTP/1.1\r\nHost: x\r\n\r\n", count: 3)
    let answer = try await raw(server, text)
    #expect(answer.split(separator: "HTTP/1.1 200").count == 3)
  }

  @Test(
    arguments: [
      "\u{1}\u{2}\u{3}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
      "G E T / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "X: y\r\n", count: 20_000) + "\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\n\r\n",
    ]
  ) func `what is not a request is refused, and the next client is served`(
    text: String
  ) async throws {
    let server = try echo()
    let answer = try await raw(server, text)
    #expect(!answer.hasPrefix("HTTP/1.1 200"))
    #expect(try await send(server).status == 200)
  }

  @Test func `replies fail as requested`() async throws {
    let server = try Server(ServerConfiguration()) { request in
      let body = [UInt8](repeating: 0x61, count: 10_000)
      switch request.target {
      case "/drop": return ServerResponse(status: 200, body: body, delivery: .dropped)
      case "/reset": return ServerResponse(status: 200, body: body, delivery: .reset)
      case "/cut":
        return ServerResponse(status: 200, body: body, delivery: .truncated(after: 5000))
      default: return ServerResponse(status: 200, body: body)
      }
    }
    for target in ["/drop", "/reset", "/cut"] {
      await #expect(throws: HTTPError.self) { try await send(server, .get, target) }
    }
    #expect(try await send(server, .get, "/whole").body.count == 10_000)
  }

  @Test func `a reply that is held back delays no other, and ends with the server`() async throws {
    let (called, calling) = AsyncStream.makeStream(of: Void.self)
    let server = try Server(ServerConfiguration()) { request in
      if request.target == "/late" { calling.yield() }
      return ServerResponse(
        status: 200,
        delay: request.target == "/late" ? .seconds(3600) : .zero
      )
    }
    let transport = CurlTransport()
    let late = Task { try await send(server, .get, "/late", over: transport) }
    for await _ in called { break }
    #expect(try await send(server).status == 200)
    await onThread { server.stop() }
    // It is answered at the end, or the connection closes under it.
    if let answer = try? await late.value { #expect(answer.status == 200) }
  }

  @Test func `what is not an address is refused`() {
    #expect(throws: HTTPServerError.self) { try echo { $0.address = "localhost" } }
  }

  /// Sends bytes as they are and collects what comes back within a second or two.
  private func raw(_ server: Server, _ text: String) async throws -> String {
    let child = ChildProcess(
      "curl",
      ["--silent", "--max-time", "2", "telnet://127.0.0.1:\(server.port)"],
      environment: Programs.environment(home: "/"),
      input: Array(text.utf8)
    )
    let done = try await child.run(timeout: .seconds(30))
    return String(decoding: done.output, as: UTF8.self)
  }
}
