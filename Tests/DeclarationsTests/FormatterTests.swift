import Access
import FoundationEssentials
import TestSupport
import Testing

@testable import Declarations

struct FormatterTests {
  private func format(_ text: String) -> String? {
    DeclarationFormatter.format(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `flow style becomes block style, keys and people get their order`() {
    let text = """
      # The people of Fabrikam.

      guests: # by address
      - {bundles: [supplier], email: zoe@fabrikam.example, name: "Zoe"}   # leads the team
      - email: ana@fabrikam.example
        apps:   [{expires: 90d, app: "wiki:Editor"}, 'expenses:Submitter']

        ticket: CHG-1
      # from the foundry
      - email: max@fabrikam.example
        reason: >
          one
          two
      - email: bob@fabrikam.example
        groups: []
        # - email: former@fabrikam.example
      # later: partners
      partners:
          fabrikam: {domains: [fabrikam.example, "*.fabrikam.example"], public: }
      rules: {separation: [[a:x, b:y]]}


      # the end
      """
    let expected = """
      # The people of Fabrikam.

      guests: # by address
        - email: ana@fabrikam.example
          ticket: CHG-1

          apps:
            - app: "wiki:Editor"
              expires: 90d
            - 'expenses:Submitter'
        - email: zoe@fabrikam.example
          name: "Zoe"
          bundles: # leads the team
            - supplier
        # from the foundry
        - email: max@fabrikam.example
          reason: "one two\\n"
        - email: bob@fabrikam.example
          groups: []
          # - email: former@fabrikam.example
      # later: partners
      partners:
        fabrikam:
          domains:
            - fabrikam.example
            - "*.fabrikam.example"
          public:
      rules:
        separation:
          - [a:x, b:y]

      # the end

      """
    #expect(format(text) == expected)
    #expect(format(expected) == expected)
  }

  @Test(arguments: ["", "# nobody yet\n", "version: 1\n", "guests:\n  - email: ana@acme.example\n"])
  func `a file in its layout stays as it is`(_ text: String) {
    #expect(format(text) == text)
  }

  @Test(arguments: ["guests: [", "guests: &a []\n", "a: 1\n---\nb: 2\n", "guests: []\u{2028}\n"])
  func `what is not valid is not written`(_ text: String) { #expect(format(text) == nil) }

  @Test func `texts of several lines are written so that they say the same`() {
    let text =
      "guests:\n  - email: a@b.example\n    reason: |\n        one\n\n          two # no comment\n"
    #expect(
      format(text)
        == "guests:\n  - email: a@b.example\n    reason: |\n      one\n\n        two # no comment\n"
    )
    #expect(format("links:\n  commit: \"a\n    b\"\n") == "links:\n  commit: \"a b\"\n")
    #expect(
      format("guests:\n  - email: a@b.example\n    reason: a\n     b\n")?.contains("reason: a b\n")
        == true
    )
  }

  /// Everything that a reading says, but where it says it.
  static func meaning(_ files: [SourceFile]) -> [String] {
    let reading = DeclarationReader().read(files)
    guard let desired = reading.desired, let policy = reading.policy else { return [] }
    let entries = desired.guests.map { entry in
      let grants = entry.grants.map { "\($0.resource) \(Set($0.ends).map { "\($0)" }.sorted())" }
      return "\(entry.address) \(entry.name ?? "") \(entry.ends) \(entry.ticket ?? "") "
        + "\(entry.reason ?? "") \(entry.sponsors) \(grants)"
    }
    let findings = reading.findings.map { "\($0.code) \($0.severity)" }.sorted()
    return [String(decoding: policy.canonical.bytes, as: UTF8.self)] + entries + findings
  }

  @Test func `Contoso is in its layout, and formatting it changes nothing that it says`()
    throws
  {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let folder = "\(root)/desired-state"
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }.sorted()
      .map { path in
        SourceFile(
          path: path,
          bytes: Array(try Data(contentsOf: URL(filePath: "\(folder)/\(path)")))
        )
      }
    let formatted = try files.map { file in
      SourceFile(path: file.path, bytes: try #require(DeclarationFormatter.format(file.bytes)))
    }
    #expect(Self.meaning(formatted) == Self.meaning(files))
    #expect(!Self.meaning(files).isEmpty)
    for (file, written) in zip(files, formatted) {
      #expect(written.bytes == file.bytes, "\(file.path): run `guestlist fmt`")
    }
  }

  @Test func `whatever was read is written so that it says the same, and once only`() throws {
    let random = SeededRandomness(seed: 19)
    for _ in 0..<300 {
      let text = Self.file(random)
      let bytes = try #require(DeclarationFormatter.format(Array(text.utf8)), "\(text)")
      let written = SourceFile(path: "more.yaml", bytes: bytes)
      let read = SourceFile(path: "more.yaml", bytes: Array(text.utf8))
      let organisation = SourceFile(
        path: "guestlist.yaml",
        bytes: Array(RuleCase.organisation.utf8)
      )
      let formatted = String(decoding: bytes, as: UTF8.self)
      #expect(
        Self.meaning([organisation, written]) == Self.meaning([organisation, read]),
        "\(text)\n---\n\(formatted)"
      )
      #expect(DeclarationFormatter.format(bytes) == bytes, "\(text)\n---\n\(formatted)")
    }
  }

  /// A file of guests, as many hands would write it.
  static func file(_ random: SeededRandomness) -> String {
    var text = random.chance(1, in: 3) ? "# a heading\n\n" : ""
    if random.chance(1, in: 3) { text += "links: {commit: 'https://a.example/{sha}'} # ours\n" }
    text += random.chance(1, in: 4) ? "guests: # all\n" : "guests:\n"
    let margin = random.chance(1, in: 2) ? "  " : ""
    for number in 0..<random.number(in: 1..<6) {
      if random.chance(1, in: 3) { text += "\n" }
      if random.chance(1, in: 4) { text += "\(margin)# before \(number)\n" }
      text += guest(random, margin)
      if random.chance(1, in: 6) { text += "\(margin)# - email: former@fabrikam.example\n" }
    }
    if random.chance(1, in: 2) { text += "\n# the rest\nversion: 1\n" }
    return random.chance(1, in: 4) ? text + "# the end" : text
  }

  private static func guest(_ random: SeededRandomness, _ margin: String) -> String {
    let isFlow = random.chance(1, in: 3)
    let names = ["ana", "Bob", "max", "zoe", "\u{E9}va"]
    var pairs = ["email: \(names[random.number(in: 0..<5)])@fabrikam.example"]
    let texts = ["plain text", "\"true\"", "'it''s # no comment'", "12", "CHG-1#2", "\"a\\tb\""]
    for key in ["name", "ticket", "reason"] where random.chance(1, in: 2) {
      pairs.append("\(key): \(texts[random.number(in: 0..<texts.count)])")
    }
    if random.chance(1, in: 3) { pairs.append("bundles: [supplier]") }
    if random.chance(1, in: 3) {
      pairs.append("apps: ['wiki:Reader', {expires: 30d, app: \"payments:Viewer\"}]")
    }
    if random.chance(1, in: 4), !isFlow {
      pairs.append("invitation:\n\(margin)    language: sv-SE # theirs\n\(margin)    send: false")
    }
    if random.chance(1, in: 5), !isFlow {
      pairs.append("id: |-\n\(margin)    5b2a9c3e-0000-4000-8000-000000000001")
    }
    for index in pairs.indices { pairs.swapAt(index, random.number(in: 0..<pairs.count)) }
    let beside = random.chance(1, in: 4) ? " # beside" : ""
    if isFlow { return "\(margin)- {\(pairs.joined(separator: ", "))}\(beside)\n" }
    let between = random.chance(1, in: 5) ? "\n\(margin)  # within" : ""
    return "\(margin)- \(pairs.joined(separator: "\(between)\n\(margin)  "))\n"
  }
}
