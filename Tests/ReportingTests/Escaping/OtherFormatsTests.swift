import FoundationEssentials
import Testing

@testable import Reporting

struct OtherFormatsTests {
  @Test(arguments: [
    ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
    ("\" onmouseover=\"x", "&quot; onmouseover=&quot;x"),
    ("a & b", "a &amp; b"),
    ("gpj.\u{202E}exe\u{0}", "gpj.\\u{202E}exe\\u{0}"),
  ])
  func `html keeps text and attributes closed`(raw: String, expected: String) {
    #expect(HTMLText.escape(raw) == expected)
  }

  @Test(arguments: [
    ("]]><x a='1'>", "]]&gt;&lt;x a=&apos;1&apos;&gt;"),
    ("\u{0}\u{8}\u{FFFE}", "\\u{0}\\u{8}\\u{FFFE}"),
    ("\u{D7FF} \u{10FFFF}", "\\u{D7FF} \\u{10FFFF}"),
  ])
  func `xml holds only what xml can hold`(raw: String, expected: String) {
    #expect(XMLText.escape(raw) == expected)
  }

  @Test(arguments: [
    ("plain", "plain"), ("with, comma", "\"with, comma\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("=1+1", "'=1+1"), ("+49 711", "'+49 711"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"),
    ("  =1", "'  =1"), ("＝1", "'＝1"), ("|calc", "'|calc"), ("\t=1", "\\t=1"), ("a=b", "a=b"),
    ("one\ntwo", "one\\ntwo"), ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
  ])
  func `a spreadsheet computes nothing`(raw: String, expected: String) {
    #expect(CSVField.escape(raw) == expected)
  }

  @Test func `a row of csv ends as the format says`() {
    #expect(CSVField.row(["a", "b,c", "=x"]) == "a,\"b,c\",'=x\r\n")
  }

  @Test(arguments: [
    "", "plain", "q\"b\\s/", "\u{0}\u{1F}\n\r\t", "\u{2028}\u{202E}", "😀 佐藤", "\u{E0041}",
  ])
  func `json says what it was given, with nothing invisible in it`(raw: String) throws {
    let text = JSONText.escape(raw)
    #expect(text.unicodeScalars.allSatisfy { !InvisibleScalars.isInvisible($0) })
    let back = try JSONDecoder().decode([String].self, from: Data("[\(text)]".utf8))
    #expect(back == [raw])
  }

  @Test func `json keeps the order of members and indents them`() {
    let value: JSONValue = ["b": 1, "a": [true, .null], "e": [], "o": ["x": "y"]]
    #expect(
      value.text
        == """
        {
          "b": 1,
          "a": [
            true,
            null
          ],
          "e": [],
          "o": {
            "x": "y"
          }
        }

        """
    )
  }

  @Test func `a command of github has one line and no second command`() {
    let evil = "50%\n::error::x, y: z"
    #expect(GitHubCommandText.message(evil) == "50%25\\n::error::x, y: z")
    #expect(GitHubCommandText.property(evil) == "50%25\\n%3A%3Aerror%3A%3Ax%2C y%3A z")
  }

  @Test func `a command of azure has one line and no second command`() {
    let evil = "50%;]\n##vso[task.complete]"
    #expect(AzureCommandText.message(evil) == "50%AZP25;]\\n#\\u{23}vso[task.complete]")
    #expect(
      AzureCommandText.property(evil) == "50%AZP25%3B%5D\\n#\\u{23}vso[task.complete%5D"
    )
  }

  @Test func `paths become references`() {
    #expect(PercentEncoding.path("a b/ü#?.yaml") == "a%20b/%C3%BC%23%3F.yaml")
  }
}
