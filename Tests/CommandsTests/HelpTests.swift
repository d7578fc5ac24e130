import Access
import Commands
import Declarations
import Testing
import TestSupport

@Suite struct HelpTests {
  @Test(arguments: CommandTable.all.map(\.name))
  func `the page of a command fits a screen and reads as recorded`(name: String) throws {
    let page = try Help.page(about: name)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 41)
    #expect(lines.allSatisfy { $0.count <= 80 })
    try expectSnapshot(page, named: "\(name).help")
  }

  @Test(arguments: CommandTable.all.map(\.name))
  func `every command shows two examples, and every option has a place`(name: String) throws {
    let command = try #require(CommandTable.named(name))
    #expect(command.examples.count == 2)
    #expect(command.examples.allSatisfy { $0.call.hasPrefix("guestlist \(name)") })
    let page = Help.page(of: command)
    for option in command.options { #expect(page.contains("--\(option.name)")) }
    let readsTenant = command.options.contains { $0.name == "endpoint" }
    #expect(page.contains("AZURE_FEDERATED_TOKEN_FILE") == readsTenant)
    #expect(page.contains("AZURE_CLIENT_CERTIFICATE_PATH") == readsTenant)
  }

  @Test func `the overview fits a screen and reads as recorded`() throws {
    #expect(Help.overview.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(Help.overview.count { $0 == "\n" } <= 30)
    try expectSnapshot(Help.overview, named: "overview.help")
  }

  @Test func `the keys of the declarations have a page, no wider than a terminal`() throws {
    let page = try Help.page(about: "keys")
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 80 })
    try expectSnapshot(page, named: "keys.help")
  }

  @Test func `every finding has a page, found in small letters too`() throws {
    for rule in DeclarationRule.allCases {
      let page = try Help.page(about: rule.code.description.lowercased())
      #expect(page.hasPrefix("\(rule.code): \(rule.title)\n\n"))
      #expect(rule.explanation.hasSuffix("."))
    }
    #expect(Set(DeclarationRule.allCases.map(\.title)).count == DeclarationRule.allCases.count)
  }

  @Test(arguments: [
    ("pln", "did you mean `plan`?"), ("xyzzy", "`guestlist help` lists the commands"),
  ])
  func `an unknown word gets the nearest name`(word: String, hint: String) {
    let error = #expect(throws: UsageError.self) { _ = try Help.page(about: word) }
    #expect(error == UsageError("unknown command `\(word)`", hint: hint))
  }

  @Test(arguments: [["help", "plan"], ["-h"], ["--help"], ["plan", "-h"], ["-V"], ["--version"]])
  func `help and version are there under every usual name`(words: [String]) async {
    let output = Output()
    #expect(await Program.run(words, in: output.context) == .success)
    let isVersion = words == ["-V"] || words == ["--version"]
    let expected =
      isVersion
      ? "guestlist \(programVersion)\n"
      : words.contains("plan")
        ? (try? Help.page(about: "plan")) ?? "" : Help.overview
    #expect(output.text == expected)
  }

  @Test func `an unknown command is a usage error with a hint`() async {
    let output = Output()
    #expect(await Program.run(["aply"], in: output.context) == .usage)
    #expect(output.text.contains("unknown command `aply`"))
    #expect(output.text.contains("did you mean `guestlist apply`?"))
  }
}
