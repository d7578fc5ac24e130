import FoundationEssentials
import Testing

@testable import Reporting

struct OtherFormatsTests {
  @Test(arguments: [
    ("<b>alert('x')", "&#60;b&#62;alert(&#39;x&#39;)"),
    ("\" onmouseover=\"x", "&#34; onmouseover=&#34;x"),
    ("a & b", "a &#38; b"),
    ("::error::x", "&#58;:error::x"),
    ("]]>\u{0}\u{8}\u{FFFE}", "]]&#62;\\u{0}\\u{8}\\u{FFFE}"),
    ("gpj.\u{202E}exe\u{0}", "gpj.\\u{202E}exe\\u{0}"),
  ])
  func `html keeps text and attributes closed`(raw: String, expected: String) {
    #expect(HTMLText.escape(raw) == expected)
  }

  @Test func `an element of xml escapes what it holds`() {
    let element = XMLElement(
      "a",
      [("b", "\"<&")],
      [XMLElement("c", text: "]]>"), XMLElement("d", [])]
    )
    #expect(
      element.document == """
        <?xml version="1.0" encoding="UTF-8"?>
        <a b="&#34;&#60;&#38;">
          <c>]]&#62;</c>
          <d/>
        </a>

        """
    )
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
    "", "plain", "##vso[x]", "q\"b\\s/", "\u{0}\u{1F}\n\r\t", "\u{2028}\u{202E}", "😀 佐藤",
    "\u{E0041}",
  ])
  func `json says what it was given, with nothing invisible in it`(raw: String) throws {
    let text = JSONValue.array([.string(raw)]).text
    #expect(Sample.invisible(in: text) == [])
    let back = try JSONDecoder().decode([String].self, from: Data(text.utf8))
    #expect(back == [raw])
    #expect(!text.contains("##"))
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

  @Test func `a command of a build has one line and no second command`() {
    let command = BuildCommand(
      name: "error",
      properties: [("file", "50%\n::error::x, y;]"), ("line", "3")],
      message: "50%;]\n##vso[task.complete]"
    )
    #expect(
      command.github == "::error file=50%25\\n%3A%3Aerror%3A%3Ax%2C y;],line=3::"
        + "50%25;]\\n#\\u{23}vso[task.complete]\n"
    )
    #expect(
      command.azure == "##vso[error file=50%AZP25\\n::error::x, y%3B%5D;line=3]"
        + "50%AZP25;]\\n#\\u{23}vso[task.complete]\n"
    )
  }

  @Test func `paths become references`() {
    #expect(PercentEncoding.path("a b/ü#?.yaml") == "a%20b/%C3%BC%23%3F.yaml")
  }
}
