import Access
import TestSupport
import Testing
import YAML

@testable import Declarations

struct EditorTests {
  typealias Step = DeclarationEditor.Step

  private static let guest = DeclarationValue.mapping([
    .init("email", .text("max@fabrikam.example")), .init("name", .text("Max: the #2, really")),
    .init("expires", .plain("2027-03-31")), .init("apps", .texts(["wiki:Editor"])),
  ])

  private static func edit(
    _ text: String,
    _ body: (inout DeclarationEditor) -> Bool
  ) -> String? {
    guard var editor = DeclarationEditor(Array(text.utf8)), body(&editor) else { return nil }
    return String(decoding: editor.bytes, as: UTF8.self)
  }

  private static func path(_ keys: String..., item: String? = nil) -> [Step] {
    keys.map { .key($0) } + (item.map { [.item($0)] } ?? [])
  }

  // MARK: Examples

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var before: String
    var after: String
    var edit: @Sendable (inout DeclarationEditor) -> Bool

    var testDescription: String { name }
  }

  private static let people = """
    # ours
    guests: # all
      - email: ana@fabrikam.example # leads

      # from the foundry
      - email: bob@fabrikam.example
        expires: 2026-12-31 # with the project

      - email: zoe@fabrikam.example
        apps:
          - wiki:Reader

    partners: {fabrikam: {domains: [fabrikam.example]}}
    """

  private static let cases = [
    Case(
      name: "a guest goes to its place among the others, after the last comment",
      before: people,
      after: people.replacing(
        "  - email: zoe",
        with: """
            - email: max@fabrikam.example
              name: "Max: the #2, really"
              expires: 2027-03-31
              apps:
                - wiki:Editor

            - email: zoe
          """
      )
    ) { $0.insert([("max@fabrikam.example", guest)], into: path("guests")) },
    Case(
      name: "two guests at once, the second behind everybody",
      before: people,
      after: people.replacing("  - email: zoe", with: "  - email: max@b.c\n\n  - email: zoe")
        .replacing("wiki:Reader\n", with: "wiki:Reader\n\n  - email: zzz@b.c\n")
    ) {
      $0.insert(
        ["zzz@b.c", "max@b.c"].map { ($0, .mapping([.init("email", .text($0))])) },
        into: path("guests")
      )
    },
    Case(
      name: "the first guest of a file",
      before: "version: 1\n",
      after: "version: 1\n\nguests:\n  - email: a@b.c\n"
    ) { $0.insert([("a@b.c", .mapping([.init("email", .text("a@b.c"))]))], into: path("guests")) },
    Case(
      name: "the first entry of an empty list",
      before: "guests: [] # none yet\n",
      after: "guests: # none yet\n  - email: a@b.c\n"
    ) { $0.insert([("a@b.c", .mapping([.init("email", .text("a@b.c"))]))], into: path("guests")) },
    Case(
      name: "a file of comments",
      before: "# nobody yet",
      after: "# nobody yet\nguests:\n  - email: a@b.c\n"
    ) { $0.insert([("a@b.c", .mapping([.init("email", .text("a@b.c"))]))], into: path("guests")) },
    Case(
      name: "an app in a file of comments",
      before: "# the catalog\n",
      after: "# the catalog\napps:\n  wiki:\n    appId: z9\n"
    ) { $0.set(.mapping([.init("appId", .text("z9"))]), at: path("apps", "wiki")) },
    Case(
      name: "a guest of a list on one line",
      before: "guests: [{email: ana@b.c}, {email: zoe@b.c}] # all\n",
      after:
        "guests: [{email: ana@b.c}, {email: max@b.c, apps: [\"a:b\"]}, {email: zoe@b.c}] # all\n"
    ) {
      let max = DeclarationValue.mapping([
        .init("email", .text("max@b.c")), .init("apps", .texts(["a:b"])),
      ])
      return $0.insert([("max@b.c", max)], into: path("guests"))
    },
    Case(
      name: "an app of the catalog goes to the end",
      before: "apps:\n  wiki: {appId: x}\n  # the rest\n\ngroups: {}\n",
      after: "apps:\n  wiki: {appId: x}\n  jira:\n    appId: z9\n  # the rest\n\ngroups: {}\n"
    ) { $0.set(.mapping([.init("appId", .text("z9"))]), at: path("apps", "jira")) },
    Case(
      name: "a key goes to its place in the entry",
      before: people,
      after: people.replacing(
        "bob@fabrikam.example\n",
        with: "bob@fabrikam.example\n    name: Bob\n"
      )
    ) { $0.set(.text("Bob"), at: path("guests", item: "bob@fabrikam.example") + [.key("name")]) },
    Case(
      name: "a value is changed in place, beside its comment",
      before: people,
      after: people.replacing("2026-12-31", with: "2027-06-30")
    ) {
      $0.set(
        .plain("2027-06-30"),
        at: path("guests", item: "bob@fabrikam.example") + [.key("expires")]
      )
    },
    Case(
      name: "a role is added to a list",
      before: people,
      after: people.replacing("wiki:Reader\n", with: "wiki:Reader\n      - wiki:Editor\n")
    ) {
      $0.set(
        .text("wiki:Editor"),
        at: path("guests", item: "zoe@fabrikam.example") + [.key("apps"), .item("wiki:Editor")]
      )
    },
    Case(
      name: "a role is added beside a single one",
      before: "guests:\n  - email: a@b.c\n    apps: 'wiki:Reader' # for now\n",
      after:
        "guests:\n  - email: a@b.c\n    apps: # for now\n      - wiki:Reader\n      - wiki:Editor\n"
    ) {
      $0.set(
        .text("wiki:Editor"),
        at: path("guests", item: "a@b.c") + [.key("apps"), .item("wiki:Editor")]
      )
    },
    Case(
      name: "an entry is deleted, the comment above it stays",
      before: people,
      after: people.replacing(
        "  - email: bob@fabrikam.example\n    expires: 2026-12-31 # with the project\n",
        with: ""
      )
    ) { $0.remove(at: path("guests", item: "bob@fabrikam.example")) },
    Case(
      name: "one of two empty lines goes with an entry",
      before: people,
      after: people.replacing(
        "\n  - email: zoe@fabrikam.example\n    apps:\n      - wiki:Reader\n",
        with: ""
      )
    ) { $0.remove(at: path("guests", item: "zoe@fabrikam.example")) },
    Case(
      name: "the last entry leaves an empty list",
      before: "guests:\n  - email: a@b.c\n",
      after: "guests: []\n"
    ) { $0.remove(at: path("guests", item: "A@B.C")) },
    Case(
      name: "a key in an entry, the first one too",
      before: "guests:\n  - name: Ana\n    email: a@b.c\n",
      after: "guests:\n  - email: a@b.c\n"
    ) { $0.remove(at: path("guests", item: "a@b.c") + [.key("name")]) },
    Case(
      name: "lines end as they did",
      before: "guests:\r\n  - email: a@b.c\r\n  - email: c@b.c\r\n",
      after:
        "guests:\r\n  - email: a@b.c\r\n  - email: b@b.c\r\n    name: B\r\n  - email: c@b.c\r\n"
    ) {
      let b = DeclarationValue.mapping([
        .init("email", .text("b@b.c")), .init("name", .text("B")),
      ])
      return $0.insert([("b@b.c", b)], into: path("guests"))
    },
    Case(
      name: "a holder in `grants`",
      before:
        "grants:\n  payments:\n    Viewer: # theirs\n      - ana@b.c\n      - guest: zoe@b.c\n",
      after:
        "grants:\n  payments:\n    Viewer: # theirs\n      - ana@b.c\n      - guest: zoe@b.c\n        expires: 90d\n"
    ) {
      $0.set(
        .plain("90d"),
        at: path("grants", "payments", "Viewer", item: "ZOE@b.c") + [.key("expires")]
      )
    },
    Case(
      name: "a holder of a role that nobody holds yet",
      before: "grants:\n  payments: {Viewer: [ana@b.c]}\n  wiki:\n    Reader: [ana@b.c]\n",
      after:
        "grants:\n  payments: {Viewer: [ana@b.c], Payer: [zoe@b.c]}\n  wiki:\n    Reader: [ana@b.c]\n"
    ) {
      $0.set(
        .text("zoe@b.c"),
        at: path("grants", "payments", "Payer", item: "zoe@b.c")
      )
    },
    Case(
      name: "a setting of a section that is not there",
      before: "version: 1\n\ntenant:\n  id: x\n",
      after: "version: 1\n\ntenant:\n  id: x\n\nguards:\n  removals:\n    guests: 5\n"
    ) { $0.set(.plain("5"), at: path("guards", "removals", "guests")) },
    Case(
      name: "a partner goes, its neighbours stay",
      before:
        "partners:\n  a: {domains: [a.b]}\n\n  b:\n    domains: [b.b]\n\n  c: {domains: [c.b]}\n",
      after: "partners:\n  a: {domains: [a.b]}\n\n  c: {domains: [c.b]}\n"
    ) { $0.remove(at: path("partners", "b")) },
    Case(
      name: "a whole entry is changed key by key",
      before: people,
      after: people.replacing(
        "zoe@fabrikam.example\n    apps:\n      - wiki:Reader\n",
        with: "zoe@fabrikam.example\n    name: Zoe\n"
      )
    ) {
      let zoe = DeclarationValue.mapping([
        .init("email", .text("zoe@fabrikam.example")), .init("name", .text("Zoe")),
      ])
      return $0.set(zoe, at: path("guests", item: "zoe@fabrikam.example"))
    },
  ]

  @Test(arguments: cases)
  func `an edit is the smallest, and done once`(_ example: Case) throws {
    let edited = Self.edit(example.before, example.edit)
    #expect(edited == example.after)
    guard let edited else { return }
    #expect(Self.edit(edited, example.edit)?.contains("max@b.c\n\n  - email: max@b.c") != true)
  }

  @Test(arguments: [
    "guests:\n  -\n    email: a@b.c\n  -\n    email: c@b.c\n", "guests: everybody\n",
    "guests: {a: b}\n",
  ])
  func `what would not say the same is refused`(_ text: String) {
    let edited = Self.edit(text) {
      $0.insert([("b@b.c", .mapping([.init("email", .text("b@b.c"))]))], into: Self.path("guests"))
    }
    #expect(edited == nil)
  }

  // MARK: Properties

  @Test func `an edit changes its entry, and no other line`() throws {
    let random = SeededRandomness(seed: 20)
    var refused = 0
    for _ in 0..<600 {
      let text = FormatterTests.file(random)
      let emails = ["ana", "bob", "max", "zoe", "\u{E9}va", "new"].map { "\($0)@fabrikam.example" }
      let email = emails[random.number(in: 0..<emails.count)]
      guard text.lowercased().ranges(of: email).count < 2,
        !text.lowercased().contains("max@") || text.lowercased().ranges(of: "max@").count < 2
      else { continue }
      let number = random.number(in: 0..<4)
      let path = Self.path("guests", item: email)
      let names = ["Ana", "12", "a: b", "# no", "\"\\"]
      let change: (inout DeclarationEditor) -> Bool = { editor in
        switch number {
        case 0: editor.remove(at: path)
        case 1: editor.remove(at: path + [.key("reason")])
        case 2: editor.set(.text(names[email.utf8.count % 5]), at: path + [.key("name")])
        default: editor.set(Self.guest, at: Self.path("guests", item: "max@fabrikam.example"))
        }
      }
      guard let edited = Self.edit(text, change) else {
        // A key of nobody's entry has no place.
        if number != 2 || text.contains(email) { refused += 1 }
        continue
      }
      let shown: Comment = "\(number) \(email)\n\(text)\n---\n\(edited)"
      #expect(Self.edit(edited, change) == edited, shown)
      expectOneChange(text, edited, shown)
      let isInLayout = DeclarationFormatter.format(Array(text.utf8)) == Array(text.utf8)
      expectSameMeaning(text, edited, besides: number == 3 ? "max@fabrikam.example" : email, shown)
      if isInLayout {
        #expect(DeclarationFormatter.format(Array(edited.utf8)) == Array(edited.utf8), shown)
      }
    }
    #expect(refused < 10, "\(refused) edits were refused")
  }

  /// Everybody else is declared as before.
  private func expectSameMeaning(
    _ before: String,
    _ after: String,
    besides email: String,
    _ shown: Comment
  ) {
    func meaning(_ text: String) -> [String] {
      let organisation = RuleCase.organisation.replacing("guests: 5", with: "guests: 500")
      let files = [("guestlist.yaml", organisation), ("more.yaml", text)]
      return FormatterTests.meaning(
        files.map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) }
      ).filter { !$0.hasPrefix("\(email) ") && !$0.hasPrefix("GL") }
    }
    #expect(meaning(before) == meaning(after), shown)
  }

  /// What differs is one stretch of lines, and holds no more than one entry.
  private func expectOneChange(_ before: String, _ after: String, _ shown: Comment) {
    let old = before.split(separator: "\n", omittingEmptySubsequences: false)
    let new = after.split(separator: "\n", omittingEmptySubsequences: false)
    let prefix = zip(old, new).prefix { $0 == $1 }.count
    let suffix = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
    let gone = old.dropFirst(prefix).dropLast(min(suffix, old.count - prefix))
    #expect(gone.count { $0.contains("email:") } <= 1, shown)
    #expect(gone.count <= 14, shown)
  }

  @Test func `whatever text is written is read again`() throws {
    let texts = [
      "a", "true", "No", "~", "null", "12", "1e3", "0x1F", "2027-01-01", "a: b", "a:", "a #b",
      "# a",
      " a", "a ", "- a", "-", "?", "*a", "&a", "!a", "%a", "@a", "`a", "'a", "\"a", "a\\b", "{a}",
      "[a]", "a, b", "a\nb", "a\tb", "|", ">", "=", "<<", "O'Neil & Sons (UK)", "\u{E9}va",
      "\u{6F22}\u{5B57}", "e\u{301}", "1f3c0000-0000-4000-8000-000000000010",
    ]
    for text in texts {
      for value in [
        DeclarationValue.mapping([.init("reason", .text(text))]),
        .mapping([.init("reason", .list([.list([.text(text)])]))]),
      ] {
        let document = try #require(YAMLReader().read(value.file).document, "\(text)")
        var last = try #require(document.root)
        while let child = document.children(of: last).suffix(1).last { last = child }
        #expect(document.string(of: last) == text, "\(String(decoding: value.file, as: UTF8.self))")
        #expect(DeclarationFormatter.format(value.file) == value.file)
      }
    }
  }
}
