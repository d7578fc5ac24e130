internal import HTTP
internal import Platform
internal import TestSupport
internal import Testing

/// libcurl against real sockets: what it must do, and what it must not do by itself.
struct CurlTransportTests {
  @Test func `a request arrives as it was made and its reply as it was sent`() async throws {
    let server = try RawServer { _, _ in
      .reply(RawServer.message("201 Created", "{\"a\":1}", fields: "X-Thing: one\r\n"))
    }
    var headers = HTTPHeaders([("Content-Type", "application/json"), ("X-Empty", "")])
    headers["Authorization"] = "Bearer token"
    let reply = try await CurlTransport(.init(userAgent: "guestlist/test")).send(
      HTTPRequest(
        .patch,
        try url(server, "/a/../b?c=%20'd'"),
        headers: headers,
        body: Array("{}".utf8)
      )
    )
    #expect(reply.status == 201)
    #expect(reply.headers["x-thing"] == "one")
    #expect(String(decoding: reply.body, as: UTF8.self) == "{\"a\":1}")
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("PATCH /a/../b?c=%20'd' HTTP/1.1\r\n"))
    #expect(request.contains("\r\nUser-Agent: guestlist/test\r\n"))
    #expect(request.contains("\r\nAuthorization: Bearer token\r\n"))
    #expect(request.contains("\r\nX-Empty:"))
    #expect(request.contains("\r\nContent-Length: 2\r\n"))
    #expect(!request.contains("Expect:"))
    #expect(request.hasSuffix("\r\n\r\n{}"))
  }

  @Test(arguments: HTTPMethod.allCases)
  func `every method is sent by its name`(method: HTTPMethod) async throws {
    let server = try RawServer { _, _ in .reply("HTTP/1.1 204 No Content\r\n\r\n") }
    let reply = try await CurlTransport().send(HTTPRequest(method, try url(server)))
    #expect(reply.status == 204)
    #expect(server.requests.first?.hasPrefix("\(method.rawValue) / HTTP/1.1\r\n") == true)
  }

  @Test func `a redirect is a reply and is not followed`() async throws {
    let server = try RawServer { _, _ in
      .reply(RawServer.message("302 Found", "", fields: "Location: /elsewhere\r\n"))
    }
    let reply = try await CurlTransport().send(HTTPRequest(.get, try url(server)))
    #expect(reply.status == 302)
    #expect(reply.headers["location"] == "/elsewhere")
    #expect(server.requests.count == 1)
  }

  @Test func `connections are kept and used again`() async throws {
    let server = try RawServer { number, _ in .reply(RawServer.message("200 OK", "\(number)")) }
    let transport = CurlTransport()
    for number in 0..<20 {
      let reply = try await transport.send(HTTPRequest(.get, try url(server)))
      #expect(String(decoding: reply.body, as: UTF8.self) == "\(number)")
    }
    // libcurl lets go of a connection that waited for two minutes, as it may on a busy machine.
    #expect(server.connectionCount < 4)
  }

  @Test func `a hundred requests side by side each get their own reply`() async throws {
    let server = try RawServer { _, request in
      let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
      return .reply(RawServer.message("200 OK", path))
    }
    let transport = CurlTransport()
    let base = try url(server)
    let right = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask {
          guard let url = base.replacingTarget("/\(number)"),
            let reply = try? await transport.send(HTTPRequest(.get, url))
          else { return false }
          return String(decoding: reply.body, as: UTF8.self) == "/\(number)"
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(right == 100)
  }

  @Test func `a body that was sent is never sent again by the library itself`() async throws {
    let server = try RawServer { number, _ in
      number == 1 ? .close : .reply(RawServer.message("200 OK", ""))
    }
    let transport = CurlTransport()
    let request = HTTPRequest(.post, try url(server), body: Array("invite".utf8))
    _ = try await transport.send(request)
    let error = await #expect(throws: HTTPError.self) { try await transport.send(request) }
    #expect(error?.kind == .interrupted)
    #expect(error?.delivery == .perhapsSent)
    #expect(server.requests.count == 2)
  }

  @Test(arguments: [
    Fault(.reset, "a reset"),
    Fault(.close, "a silent close"),
    Fault(.replyAndClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), "half a body"),
    Fault(
      .replyAndClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"),
      "half a chunk"
    ),
    Fault(.replyAndClose("HTTP/1.1 200 OK\r\nContent-Le"), "half a head"),
  ])
  func `a reply that is not whole is an interruption of something sent`(fault: Fault) async throws {
    let server = try RawServer { _, _ in fault.step }
    let request = HTTPRequest(.post, try url(server), body: [1, 2, 3])
    let error = await #expect(throws: HTTPError.self) { try await CurlTransport().send(request) }
    #expect(error?.kind == .interrupted)
    #expect(error?.delivery == .perhapsSent)
  }

  @Test func `silence is a time-out of something sent`() async throws {
    let server = try RawServer { _, _ in .silence }
    let limits = HTTPLimits(total: .milliseconds(60))
    let request = HTTPRequest(.get, try url(server), limits: limits)
    let error = await #expect(throws: HTTPError.self) { try await CurlTransport().send(request) }
    #expect(error?.kind == .timedOut)
    #expect(error?.delivery == .perhapsSent)
  }

  @Test func `a closed port is nothing there and nothing sent`() async throws {
    let server = try RawServer { _, _ in .close }
    let target = try url(server)
    server.stop()
    let error = await #expect(throws: HTTPError.self) {
      try await CurlTransport().send(HTTPRequest(.post, target, body: [1]))
    }
    #expect(error?.kind == .couldNotConnect || error?.kind == .interrupted)
  }

  @Test func `a name that does not exist is recognised`() async throws {
    let target = try #require(HTTPURL("http://no-such-host.invalid/"))
    let error = await #expect(throws: HTTPError.self) {
      try await CurlTransport().send(HTTPRequest(.get, target, avoidsProxy: true))
    }
    #expect(error?.kind == .couldNotResolve)
    #expect(error?.delivery == .notSent)
  }

  @Test func `a connection without TLS is not trusted`() async throws {
    let server = try RawServer { _, _ in .close }
    let plain = try RawServer.greeting("I am no TLS server\r\n")
    let target = try #require(HTTPURL("https://127.0.0.1:\(plain.port)/"))
    let error = await #expect(throws: HTTPError.self) {
      try await CurlTransport().send(HTTPRequest(.get, target))
    }
    #expect(error?.kind == .tls)
    #expect(error?.delivery == .notSent)
    #expect(server.requests.isEmpty)
  }

  @Test func `a body beyond the limit is refused`() async throws {
    let server = try RawServer { _, _ in
      .reply(RawServer.message("200 OK", String(repeating: "x", count: 5000)))
    }
    let limits = HTTPLimits(body: 4999)
    let request = HTTPRequest(.get, try url(server), limits: limits)
    let error = await #expect(throws: HTTPError.self) { try await CurlTransport().send(request) }
    #expect(error?.kind == .tooLarge)
    #expect(error?.detail == "the limit is 4999 bytes")
  }

  @Test func `the limit of a body counts what it is once it is decompressed`() async throws {
    // A hundred thousand times `x`, compressed by gzip.
    let start: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 49, 1, 0, 0, 0, 194, 160, 218, 139, 111, 13, 15,
      160,
    ]
    let end: [UInt8] = [128, 87, 3, 113, 17, 7, 254, 160, 134, 1, 0]
    let body = start + [UInt8](repeating: 0, count: 96) + end
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n"
    let server = try RawServer { _, _ in .replyBytes(Array(head.utf8) + body) }
    var request = HTTPRequest(.get, try url(server))
    let reply = try await CurlTransport().send(request)
    #expect(reply.body == [UInt8](repeating: UInt8(ascii: "x"), count: 100_000))
    request.limits.body = 99_999
    let error = await #expect(throws: HTTPError.self) { try await CurlTransport().send(request) }
    #expect(error?.kind == .tooLarge)
  }

  @Test func `a body without end and a head without end are cut off`() async throws {
    let body = try RawServer { _, _ in
      .reply("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 4 << 20))
    }
    let limits = HTTPLimits(body: 1 << 20)
    let long = await #expect(throws: HTTPError.self) {
      try await CurlTransport().send(HTTPRequest(.get, try url(body), limits: limits))
    }
    #expect(long?.kind == .tooLarge)
    let field = "X-Flood: \(String(repeating: "x", count: 1000))\r\n"
    let head = try RawServer { _, _ in
      .reply("HTTP/1.1 200 OK\r\n" + String(repeating: field, count: 2000) + "\r\n")
    }
    let flood = await #expect(throws: HTTPError.self) {
      try await CurlTransport().send(HTTPRequest(.get, try url(head)))
    }
    #expect(flood?.kind == .interrupted)
  }

  @Test func `a request is not sent without an option that libcurl refuses`() async throws {
    let server = try RawServer { _, _ in .reply(RawServer.message("200 OK", "")) }
    // Longer than any string that libcurl takes.
    let tooLong = String(repeating: "x", count: 8_000_001)
    for (name, options) in [
      ("CAINFO", CurlTransport.Options(authorities: tooLong)),
      ("USERAGENT", CurlTransport.Options(userAgent: tooLong)),
    ] {
      let error = await #expect(throws: HTTPError.self) {
        try await CurlTransport(options).send(HTTPRequest(.get, try url(server)))
      }
      #expect(error?.kind == .invalidRequest)
      #expect(error?.delivery == .notSent)
      #expect(error?.detail.contains(name) == true)
    }
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: ["a\r\nX: b", "a\nb", "a\0b"])
  func `a value that would begin another header field is never sent`(value: String) async throws {
    let server = try RawServer { _, _ in .reply(RawServer.message("200 OK", "")) }
    let request = HTTPRequest(.get, try url(server), headers: HTTPHeaders([("A", value)]))
    let error = await #expect(throws: HTTPError.self) { try await CurlTransport().send(request) }
    #expect(error?.kind == .invalidRequest)
    #expect(server.requests.isEmpty)
  }

  private func url(_ server: RawServer, _ target: String = "/") throws -> HTTPURL {
    try #require(HTTPURL(server.url)?.replacingTarget(target))
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var step: RawServer.Step
    var testDescription: String

    init(_ step: RawServer.Step, _ name: String) {
      self.step = step
      testDescription = name
    }
  }
}
