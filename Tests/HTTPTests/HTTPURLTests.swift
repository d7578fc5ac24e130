internal import HTTP
internal import Testing

/// The one reading of an address, on which it depends where credentials go.
struct HTTPURLTests {
  @Test(arguments: [
    (
      "https://graph.microsoft.com/v1.0/users?$top=9",
      "https://graph.microsoft.com/v1.0/users?$top=9"
    ),
    ("HTTPS://Graph.Microsoft.COM:443", "https://graph.microsoft.com/"),
    ("http://127.0.0.1:8080?a=b", "http://127.0.0.1:8080/?a=b"),
    ("http://[::1]:81/x", "http://[::1]:81/x"),
  ])
  func `a plain address has one form`(text: String, form: String) {
    #expect(HTTPURL(text)?.description == form)
  }

  @Test(arguments: [
    "", "graph.microsoft.com", "ftp://graph.microsoft.com/", "https:/graph.microsoft.com",
    "https://", "https:///x", "https://user@evil.example/",
    "https://graph.microsoft.com@evil.example/",
    "https://graph.microsoft.com\\@evil.example/", "https://graph.microsoft.com#@evil.example/",
    "https://evil.example\u{0}.microsoft.com/", "https://graph.microsoft.com /", "https://a..b/",
    "https://.a/", "https://a./", "https://[::1", "https://[::1]x/", "https://a:0/",
    "https://a:65536/",
    "https://a:+1/", "https://a:/", "https://a:1:2/", "https://ä.example/", "https://a/\u{A0}",
    "https://a/x y", "https://a/x\r\nHost: b", "https://a/x#y", "https://%67raph/",
  ])
  func `anything else is not an address`(text: String) {
    #expect(HTTPURL(text) == nil)
  }

  @Test(arguments: [
    ("http://127.0.0.1/", true), ("http://127.9.8.7:1/", true), ("http://localhost:1/", true),
    ("http://[::1]/", true), ("http://127.1/", false), ("http://127.0.0.1.example/", false),
    ("http://0127.0.0.1/", false), ("http://127.0.0.01/", false), ("http://2130706433/", false),
    ("http://127.0.0.256/", false), ("http://localhost.example/", false),
    ("http://10.0.0.1/", false),
    ("http://0.0.0.0/", false), ("http://[::ffff:127.0.0.1]/", false),
  ])
  func `only what cannot be another machine is loopback`(text: String, isLoopback: Bool) throws {
    #expect(try #require(HTTPURL(text)).isLoopback == isLoopback)
  }

  @Test func `scheme, host and port make the server`() throws {
    let base = try #require(HTTPURL("https://graph.microsoft.com/v1.0"))
    let same = ["https://graph.microsoft.com:443/x", "https://GRAPH.microsoft.com"]
    let others = [
      "http://graph.microsoft.com/", "https://graph.microsoft.com:444/",
      "https://graph.microsoft.us",
    ]
    for text in same { #expect(HTTPURL(text)?.isSameOrigin(as: base) == true) }
    for text in others { #expect(HTTPURL(text)?.isSameOrigin(as: base) == false) }
  }

  @Test func `another target keeps the server`() throws {
    let base = try #require(HTTPURL("https://graph.microsoft.com/v1.0"))
    #expect(base.replacingTarget("/beta?x")?.description == "https://graph.microsoft.com/beta?x")
    #expect(base.replacingTarget("@evil.example/") == nil)
    #expect(base.replacingTarget("/a b") == nil)
  }

  @Test(arguments: [
    ("http://graph.example/x?token=s3cret#s3cret", "http://graph.example/x"),
    ("https://user:s3cret@graph.example/x", "…@graph.example/x"),
    ("https://user:s3c/r?e@t#@graph.example/?q", "…@graph.example/"),
    ("user:s3cret@graph", "…@graph"), ("not an address", "not an address"), ("", ""),
  ])
  func `what is printed of a refused address holds no password`(text: String, printed: String) {
    #expect(HTTPURL.printable(text) == printed)
  }
}
