import Access
import Declarations
import Testing

@testable import History

@Suite struct CutFileTests {
  // Lines that are ordinary, and lines that only look like a boundary or hide one.
  private static let lines = [
    "guests:", "guests: # people", "removed:", "partners:", "apps:", "version: 1", "guests: []",
    "tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001}", "tenant: {", "}", "]", "---", "...",
    "  - email: ana@f.example", "  - {email: bo@f.example, groups: [g]}", "- email: cy@f.example",
    "    - email: di@f.example", "    apps: [\"wiki:Reader\"]", "    apps:",
    "      - \"wiki:Admin\"",
    "    reason: |", "    reason: >-", "      - email: text@f.example", "    reason: 'open",
    "    reason: \"open", "    closed'", "  - closed\"", "    reason: [a,", "  - b]",
    "    reason: {a: 1,",
    "guests: x}", "# comment", "  # comment", "", "   ", "  wiki: {appId: \(World.wiki)}",
    "  f: {domains: [f.example], includes: [b]}", "bundles:", "  b: {groups: [g]}", "groups:",
    "  g: {id: \(World.suppliers)}", "grants:", "  wiki: {Reader: [{guest: ana@f.example}]}",
    "  g: [{guest: bo@f.example}]", "  -", "  - &a {email: x@f.example}", "  - *a", "? odd",
    ": odd",
    "\"guests\":", "  \t- email: tab@f.example", "\t", "    reason: long", "      and longer",
    "  - email: old@f.example\r", "bad\rgood: 1", "%YAML 1.1", "- - email: n@f.example",
    "    name: ü\u{2028}", "key:value", "  removed:", "      email: far@f.example",
    "  wiki:", "  wiki: # the wiki", "    Reader:", "   Reader:", "    Admin: [ana@f.example]",
    "      - bo@f.example", "    - bo@f.example", "     - odd@f.example", "  \"wiki\":",
    "    'Reader':", "      - {guest: bo@f.example, expires: 2027-01-31}", "    Admin: {", "    }",
    "    Task.Write:", "      Deep:", "        - di@f.example", "    ]", "  g: []", "  ? g",
    "  <<: {}",
    "      text", "    Reader:\r", "grants: {}", "grants:\r", "    Reader: |", "    Reader: &a",
  ]

  private static func text(_ random: inout Sequence64) -> [String] {
    var text = random.below(3) > 0 ? [] : [random.pick(lines)]
    // Mostly what people write, so that most files can be cut at all.
    let place = random.below(4)
    for section in 0..<(1 + random.below(3)) {
      if section == place { text += grants(&random) }
      text.append(["guests:", "removed:", "exceptions:"][section])
      let indent = random.pick(["", "  "])
      for number in 0..<random.below(6) {
        text.append("\(indent)- email: g\(number)@f.example")
        if random.below(2) == 0 { text.append("\(indent)  groups: [g]") }
        if random.below(5) == 0 { text.append("") }
        if random.below(30) == 0 { text.append(random.pick(lines)) }
      }
    }
    return text
  }

  /// A section of grants, mostly as people write it.
  private static func grants(_ random: inout Sequence64) -> [String] {
    let unit = random.pick(["  ", "  ", "    ", " "])
    var text = [random.pick(["grants:", "grants:", "grants: # from the apps"])]
    func holders(_ indent: String, _ random: inout Sequence64) {
      for _ in 0..<random.below(4) {
        let name = "g\(random.below(6))@f.example"
        text.append(indent + random.pick(["- \(name)", "- {guest: \(name), expires: 2027-01-31}"]))
        if random.below(6) == 0 { text[text.count - 1] = "\(indent)- guest: \(name)" }
        if random.below(9) == 0 { text.append(random.pick(["", "# note", "\(indent)  # note"])) }
        if random.below(40) == 0 { text.append(random.pick(lines)) }
      }
    }
    for name in ["wiki", "g", "expenses", random.pick(["h", "h", "h", "wiki", "\"g\""])]
    where random.below(3) > 0 {
      text.append("\(unit)\(name):")
      if name == "g" || name == "h" {
        holders(unit + random.pick(["", unit]), &random)
        continue
      }
      for role in ["Reader", "Task.Write", random.pick(["Admin", "Admin", "Reader"])]
      where random.below(3) > 0 {
        if random.below(5) == 0 {
          text.append("\(unit)\(unit)\(role): [g1@f.example, {guest: g2@f.example}]")
        } else {
          text.append("\(unit)\(unit)\(role):")
          holders(unit + unit + random.pick(["", unit]), &random)
        }
      }
    }
    return text
  }

  private static func edited(_ text: [String], _ random: inout Sequence64) -> [String] {
    var text = text
    for _ in 0...random.below(3) {
      let at = random.below(text.count + 1)
      switch random.below(12) {
      case 0: text.insert(random.pick(lines), at: at)
      case 1 where at < text.count: text.remove(at: at)
      case 2 where at < text.count: text[at] = random.pick(lines)
      case 3..<6:
        // An item goes, with whatever is in it.
        let items = text.indices.filter { text[$0].contains("- ") }
        guard !items.isEmpty else { continue }
        text.remove(at: random.pick(items))
      case 6..<11:
        // One more of a list that is there.
        let items = text.indices.filter { text[$0].contains("- ") }
        guard !items.isEmpty else { continue }
        let item = random.pick(items)
        let indent = text[item].prefix { $0 == " " }
        text.insert("\(indent)- new\(random.below(50))@f.example", at: item)
      default:
        text.insert("  - email: new\(random.below(50))@f.example", at: at)
      }
    }
    return text
  }

  private static func bytes(_ text: [String], _ random: inout Sequence64) -> [UInt8] {
    let end = random.below(12) == 0 ? "\r\n" : "\n"
    return Array((text.joined(separator: end) + (random.below(4) == 0 ? "" : end)).utf8)
  }

  @Test(arguments: 1...8)
  func `cutting what changed is cutting the whole file`(_ seed: UInt64) {
    var random = Sequence64(seed: seed)
    var (cutFiles, cutRoles) = (0, 0)
    for _ in 0..<150 {
      var text = Self.text(&random)
      var file = CutFile(Self.bytes(text, &random))
      for _ in 0..<8 {
        text = Self.edited(text, &random)
        let bytes = Self.bytes(text, &random)
        let (next, kept) = file.next(bytes)
        let fresh = CutFile(bytes)
        #expect(next.isWhole == fresh.isWhole && next.pieces == fresh.pieces, "\(text)")
        #expect(next.pieces.reduce(0) { $0 + $1.length } == bytes.count)
        #expect(Self.same(file, next, kept), "\(text)")
        if !next.isWhole, next.pieces.count > 2 { cutFiles += 1 }
        if next.holdsRoles { cutRoles += 1 }
        file = next
      }
    }
    #expect(cutFiles > 80)
    #expect(cutRoles > 25)
  }

  /// Whether the pieces that are said to be kept have the same text before and after.
  private static func same(_ old: CutFile, _ new: CutFile, _ kept: (first: Int, last: Int)) -> Bool
  {
    guard kept.first + kept.last <= min(old.pieces.count, new.pieces.count) else { return false }
    let (before, after) = (old.texts, new.texts)
    return before.prefix(kept.first) == after.prefix(kept.first)
      && before.suffix(kept.last) == after.suffix(kept.last)
  }

  @Test(arguments: 1...8)
  func `pieces that all can be read are together what the file is`(_ seed: UInt64) {
    var random = Sequence64(seed: seed &+ 1000)
    var (compared, comparedRoles) = (0, 0)
    for _ in 0..<600 {
      var text = Self.text(&random)
      if random.below(2) == 0 { text = Self.edited(text, &random) }
      let bytes = Self.bytes(text, &random)
      let file = CutFile(bytes)
      guard !file.isWhole, let together = file.readTogether else { continue }
      let whole = IdentityReader().identities(of: SourceFile(path: "f.yaml", bytes: bytes))
      #expect(whole.fault == nil, "\(text)")
      #expect(together.withoutPolicy == whole.withoutPolicy, "\(text)")
      // A list that is cut is several lists of one item, and so has another spelling; where there
      // is none, there is none in the whole file either.
      #expect(together.policy.isEmpty == whole.policy.isEmpty, "\(text)")
      compared += 1
      if file.holdsRoles { comparedRoles += 1 }
    }
    #expect(compared > 150)
    #expect(comparedRoles > 30)
  }

  @Test func `a file whose items hide boundaries in texts is left whole`() {
    let hidden = """
      guests:
        - email: ana@f.example
          reason: "text
        - email: eve@f.example
          goes on"
      """
    let file = CutFile(Array(hidden.utf8))
    // It can be cut, but a piece cannot be read, and so the file is read whole.
    #expect(file.pieces.count == 2)
    #expect(file.readTogether == nil)
  }
}
