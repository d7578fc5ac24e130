internal import HTTP
internal import Testing

/// Nothing that carries a secret shows it, however it is printed.
struct RedactionTests {
  @Test func `a secret prints as redacted in every way`() {
    let secret = Secret("hunter2")
    struct Holder { var secret: Secret }
    var dumped = ""
    dump(Holder(secret: secret), to: &dumped)
    let prints = [
      "\(secret)", String(describing: secret), String(reflecting: secret), dumped,
      "\(Holder(secret: secret))", "\([secret])", String(reflecting: Optional(secret)),
    ]
    for text in prints {
      #expect(!text.contains("hunter2"))
      #expect(text.contains("<redacted>"))
    }
    #expect(secret.reveal() == "hunter2")
  }

  @Test func `requests and replies print no header field, query or body`() throws {
    let url = try #require(HTTPURL("https://a.example/p?code=hunter2"))
    let headers = HTTPHeaders([("Authorization", "hunter2")])
    let request = HTTPRequest(.post, url, headers: headers, body: Array("hunter2".utf8))
    let reply = HTTPResponse(status: 200, headers: headers, body: Array("hunter2".utf8))
    var dumped = ""
    dump(request, to: &dumped)
    dump(reply, to: &dumped)
    for text in [
      "\(request)", String(reflecting: request), "\(reply)", String(reflecting: reply), dumped,
    ] {
      #expect(!text.contains("hunter2"))
    }
    #expect("\(request)" == "POST https://a.example/p")
  }

  @Test func `header fields are found in any case and replaced as one`() {
    var headers = HTTPHeaders([("Retry-After", "3"), ("A", "1"), ("a", "2")])
    #expect(headers["retry-after"] == "3")
    headers["A"] = "5"
    #expect(headers.fields.count == 2)
    headers["a"] = nil
    #expect(headers.fields.count == 1)
  }
}
