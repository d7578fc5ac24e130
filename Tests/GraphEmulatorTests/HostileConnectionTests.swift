import GraphEmulator
import Platform
import TestSupport
import Testing

/// Bytes that no client should send, into the sockets of the emulator's process.
struct HostileConnectionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: String
    /// The reply's status; nil where no reply is owed.
    let status: Int?
    /// Whether the reply is in Graph's envelope, which needs a head that can be read.
    var isEnveloped = true
    var testDescription: String { name }
  }

  private static let host = "Host: 127.0.0.1\r\n"
  private static let end = "Connection: close\r\n\r\n"
  private static func get(_ target: String, _ more: String = "", version: String = "1.1") -> String
  {
    "GET \(target) HTTP/\(version)\r\n\(host)\(more)\(end)"
  }
  private static func post(_ fields: String, _ body: String = "") -> String {
    "POST /v1.0/$batch HTTP/1.1\r\n\(host)Content-Type: application/json\r\n\(fields)\r\n\(body)"
  }

  static let cases = [
    Case(name: "absolute form", bytes: get("http://graph.example/v1.0/users"), status: 401),
    Case(name: "absolute form in capitals", bytes: get("HTTP://x/v1.0/users"), status: 401),
    Case(name: "absolute form, nobody's", bytes: get("http:///v1.0/users"), status: 400),
    Case(name: "authority form", bytes: "CONNECT x:443 HTTP/1.1\r\n\(host)\r\n", status: 400),
    Case(name: "asterisk form", bytes: "OPTIONS * HTTP/1.1\r\n\(host)\r\n", status: 400),
    Case(name: "HTTP/1.0", bytes: "GET /v1.0/users HTTP/1.0\r\n\r\n", status: 401),
    Case(name: "no Host", bytes: "GET / HTTP/1.1\r\n\r\n", status: 400, isEnveloped: false),
    Case(name: "two Hosts", bytes: get("/v1.0/users", host), status: 400),
    Case(name: "HTTP/9.9", bytes: get("/", version: "9.9"), status: 505, isEnveloped: false),
    Case(name: "no request line", bytes: "\u{1}\r\n\r\n", status: nil, isEnveloped: false),
    Case(
      name: "a length twice",
      bytes: post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}"),
      status: 400
    ),
    Case(
      name: "two lengths",
      bytes: post("Content-Length: 2\r\nContent-Length: 1\r\n", "{}"),
      status: 400
    ),
    Case(
      name: "a length and chunks",
      bytes: post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + get("/")),
      status: 400
    ),
    Case(
      name: "chunks of another kind",
      bytes: post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
      status: 400
    ),
    Case(
      name: "chunks twice",
      bytes: post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"),
      status: 400
    ),
    Case(
      name: "a negative length",
      bytes: post("Content-Length: -1\r\n"),
      status: 400,
      isEnveloped: false
    ),
    Case(name: "a huge length", bytes: post("Content-Length: 1000000000000\r\n"), status: 413),
    Case(
      name: "a huge length that waits",
      bytes: post("Content-Length: 1000000000000\r\nExpect: 100-continue\r\n"),
      status: 413
    ),
    Case(
      name: "a huge chunk",
      bytes: post("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\n"),
      status: 413,
      isEnveloped: false
    ),
    Case(
      name: "a chunk that is none",
      bytes: post("Transfer-Encoding: chunked\r\n", "zz\r\n"),
      status: 400,
      isEnveloped: false
    ),
    Case(
      name: "a flood of fields",
      bytes: get("/", String(repeating: "X: y\r\n", count: 20_000)),
      status: 431,
      isEnveloped: false
    ),
    Case(
      name: "a flood of cookies",
      bytes: get("/", "Cookie: " + String(repeating: "a=b;", count: 5000) + "\r\n"),
      status: 431,
      isEnveloped: false
    ),
    Case(
      name: "a flood of parameters",
      bytes: get("/v1.0/users?" + String(repeating: "a=1&", count: 6000)),
      status: 401
    ),
    Case(
      name: "NUL in a field",
      bytes: get("/", "X\u{0}Y: z\r\n"),
      status: 400,
      isEnveloped: false
    ),
    Case(name: "%00", bytes: get("/v1.0/users/%00"), status: 401),
    Case(name: "overlong UTF-8", bytes: get("/v1.0/users/%C0%AF"), status: 401),
    Case(name: "dots", bytes: get("/v1.0/../_emulator/state"), status: 401),
    Case(name: "a path of nothing", bytes: get("/"), status: 400),
  ]

  @Test func `each is refused as far as it can be read, and the next client is served`()
    async throws
  {
    // Without a token: what is looked at before it is what is at stake here.
    let emulator = try await EmulatorFixture()
    for hostile in Self.cases {
      let reply = try await raw(emulator, hostile.bytes)
      let seen = reply.split(separator: " ").dropFirst().first.flatMap { Int($0) }
      #expect(seen == hostile.status, "\(hostile.name): \(reply.prefix(200))")
      let isEnveloped = reply.contains(#"{"error":{"code":""#)
      #expect(isEnveloped == hostile.isEnveloped, "\(hostile.name): \(reply.suffix(300))")
      // One request, one reply: what follows a refused head is not read as another.
      if hostile.isEnveloped {
        #expect(reply.split(separator: "HTTP/1.1 ").count == 1, "\(hostile.name)")
      }
    }
    _ = try await emulator.send("GET", "/_emulator/clock")
    #expect(await emulator.stop() == .exited(0))
  }

  @Test func `replies to a pipeline come in order, and all of them`() async throws {
    let emulator = try await EmulatorFixture()
    let one = "GET /_emulator/clock HTTP/1.1\r\n\(Self.host)\r\n"
    let reply = try await raw(
      emulator,
      String(repeating: one, count: 100) + Self.get("/v1.0/users")
    )
    let statuses = reply.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
    #expect(statuses == Array(repeating: "200", count: 100) + ["401"])
  }

  /// A page in a browser on the same machine can send requests here, and make its own name mean
  /// this address; it must not read the tenant through a snapshot, or move the clock.
  @Test func `the emulator is steered from its own machine, and by no web page`() async throws {
    let emulator = try await EmulatorFixture()
    func status(_ fields: String) async throws -> Substring {
      let text = "POST /_emulator/reset HTTP/1.1\r\n\(fields)Content-Length: 0\r\n\(Self.end)"
      return try await raw(emulator, text).split(separator: " ").dropFirst().first ?? ""
    }
    #expect(try await status(Self.host) == "204")
    #expect(try await status("Host: localhost:80\r\n") == "204")
    #expect(try await status("Host: [::1]:80\r\n") == "204")
    for fields in [
      Self.host + "Origin: https://evil.example\r\n", Self.host + "Origin: null\r\n",
      "Host: evil.example\r\n", "Host: 127.0.0.1.evil.example\r\n", "Host: 127.evil\r\n",
      "Host: [::1].evil\r\n",
      "Host: [::1].evil:80\r\n", "Host: localhost:80.evil\r\n", "Host: [::1\r\n",
    ] {
      #expect(try await status(fields) == "403", "\(fields)")
    }
  }

  @Test func `slow clients do not delay others`() async throws {
    let emulator = try await EmulatorFixture()
    let address = emulator.baseURL.replacing("http://", with: "telnet://")
    // Each sends half of a head and then waits.
    let slow = try (0..<20).map { _ in
      try RunningProcess(
        ChildProcess(
          "curl",
          ["--silent", "--max-time", "60", address],
          environment: Programs.environment(home: "/"),
          input: Array("GET /v1.0/us".utf8)
        )
      )
    }
    _ = try await emulator.send("GET", "/_emulator/clock")
    for process in slow { process.kill() }
  }

  @Test func `the clock stays within the calendar`() async throws {
    let emulator = try await EmulatorFixture()
    struct Clock: Decodable { var now: String }
    for _ in 0..<3 {
      try await emulator.send("POST", "/_emulator/clock", json: #"{"advance":9223372036854775807}"#)
    }
    #expect(
      try await emulator.read("/_emulator/clock", as: Clock.self).now == "9999-12-31T23:59:59Z"
    )
    try await emulator.send("POST", "/_emulator/clock", json: #"{"advance":-9223372036854775808}"#)
    #expect(
      try await emulator.read("/_emulator/clock", as: Clock.self).now.hasPrefix("1970-01-01T0")
    )
  }

  /// Sends bytes as they are and collects what comes back until the other side closes, at most for
  /// a few seconds.
  private func raw(_ emulator: EmulatorFixture, _ text: String) async throws -> String {
    let child = ChildProcess(
      "curl",
      ["--silent", "--max-time", "5", emulator.baseURL.replacing("http://", with: "telnet://")],
      environment: Programs.environment(home: "/"),
      input: Array(text.utf8)
    )
    let done = try await child.run(timeout: .seconds(30))
    return String(decoding: done.output, as: UTF8.self)
  }
}
