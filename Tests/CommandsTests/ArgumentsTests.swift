import Commands
import Declarations
import Testing

@Suite struct ArgumentsTests {
  private let command = CommandDescription(
    name: "plan",
    summary: "Show it",
    discussion: "Shows it.",
    operands: [.init("PERSON", required: true), .init("MORE", required: false)],
    options: [
      Option("ref", value: "REF", "the ref"), Option("quiet", "say less"),
      Option("format", value: "F", repeatable: true, "the format"),
      Option("max-requests", value: "N", "the most"),
    ],
    run: { _, _ in Outcomes() }
  )

  @Test func `options are allowed anywhere, with a space or an equals sign`() throws {
    let got = try Arguments(["--ref", "main", "ana", "--format=json", "--quiet"], for: command)
    #expect(got.operands == ["ana"])
    #expect(got.value("ref") == "main")
    #expect(got.all("format") == ["json"])
    #expect(got.has("quiet"))
    #expect(!got.has("max-requests"))
  }

  @Test func `two dashes end the options`() throws {
    let got = try Arguments(["--", "--ref"], for: command)
    #expect(got.operands == ["--ref"])
  }

  @Test func `pairs keep their order`() throws {
    let got = try Arguments(["ana", "--format", "json", "--format", "text"], for: command)
    #expect(got.sequence.map { $0.value } == ["json", "text"])
  }

  struct Misfit: Sendable {
    var words: [String]
    var error: UsageError

    init(_ words: [String], _ message: String, _ hint: String?) {
      self.words = words
      error = UsageError(message, hint: hint)
    }
  }

  private static let usage = "guestlist plan PERSON [MORE] [options]"
  static let misfits: [Misfit] = [
    Misfit(
      ["a", "--rf", "x"],
      "unknown option `--rf` of `guestlist plan`",
      "did you mean `--ref`?"
    ),
    Misfit(
      ["a", "--wholly-different"],
      "unknown option `--wholly-different` of `guestlist plan`",
      "`guestlist plan --help` lists its options"
    ),
    Misfit(["a", "--ref"], "`--ref` needs a value", "as `--ref REF`"),
    Misfit(["a", "--ref", "b", "--ref", "c"], "`--ref` is given twice", "give it once"),
    Misfit(["a", "--quiet=yes"], "`--quiet` takes no value", nil),
    Misfit([], "`guestlist plan` needs PERSON", usage),
    Misfit(["a", "b", "c"], "`guestlist plan` does not take `c`", usage),
  ]

  @Test(arguments: misfits)
  func `words that do not fit are named with the way out`(misfit: Misfit) {
    let error = #expect(throws: UsageError.self) {
      _ = try Arguments(misfit.words, for: command)
    }
    #expect(error == misfit.error)
  }

  @Test(arguments: ["-1", "ten", "", "1.5"])
  func `a count is a whole number`(text: String) throws {
    let got = try Arguments(["ana", "--max-requests=\(text)"], for: command)
    #expect(throws: UsageError.self) { _ = try got.count("max-requests") }
  }

  @Test(arguments: [("pln", "plan"), ("aply", "apply"), ("xyzzy", nil), ("validat", "validate")])
  func `a misspelt word finds its neighbour`(word: String, expected: String?) {
    let words = ["plan", "apply", "validate", "drift", "history"]
    #expect(Suggestion.nearest(to: word, among: words) == expected)
  }
}
