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
  ]

  private static func text(_ random: inout Sequence64) -> [String] {
    var text = random.below(3) > 0 ? [] : [random.pick(lines)]
    // Mostly what people write, so that most files can be cut at all.
    for section in 0..<(1 + random.below(3)) {
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

  private static func edited(_ text: [String], _ random: inout Sequence64) -> [String] {
    var text = text
    for _ in 0...random.below(3) {
      let at = random.below(text.count + 1)
      switch random.below(12) {
      case 0: text.insert(random.pick(lines), at: at)
      case 1 where at < text.count: text.remove(at: at)
      case 2 where at < text.count: text[at] = random.pick(lines)
      case 3..<7:
        // An item goes, with whatever is in it.
        guard let first = text.firstIndex(where: { $0.contains("- email") }) else { continue }
        text.remove(at: first)
      default:
        text.insert("  - email: new\(random.below(50))@f.example", at: at)
      }
    }
    return text
  }

  private static func bytes(_ text: [String], _ random: inout Sequence64) -> [UInt8] {
    Array(text.joined(separator: "\n").utf8) + (random.below(4) == 0 ? [] : [0x0A])
  }

  @Test(arguments: 1...8)
  func `cutting what changed is cutting the whole file`(_ seed: UInt64) {
    var random = Sequence64(seed: seed)
    var cutFiles = 0
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
        file = next
      }
    }
    #expect(cutFiles > 100)
  }

  /// Whether the pieces that are said to be kept have the same text before and after.
  private static func same(_ old: CutFile, _ new: CutFile, _ kept: (first: Int, last: Int)) -> Bool
  {
    guard kept.first + kept.last <= min(old.pieces.count, new.pieces.count) else { return false }
    let (before, after) = (texts(old), texts(new))
    return before.prefix(kept.first) == after.prefix(kept.first)
      && before.suffix(kept.last) == after.suffix(kept.last)
  }

  private static func texts(_ file: CutFile) -> [[UInt8]] {
    var offset = 0
    return file.pieces.map { piece in
      defer { offset += piece.length }
      return file.text(of: piece, at: offset)
    }
  }

  @Test(arguments: 1...8)
  func `pieces that all can be read are together what the file is`(_ seed: UInt64) {
    var random = Sequence64(seed: seed &+ 1000)
    var compared = 0
    for _ in 0..<600 {
      var text = Self.text(&random)
      if random.below(2) == 0 { text = Self.edited(text, &random) }
      let bytes = Self.bytes(text, &random)
      let file = CutFile(bytes)
      guard !file.isWhole, let together = Self.together(file) else { continue }
      let whole = IdentityReader().identities(of: SourceFile(path: "f.yaml", bytes: bytes))
      #expect(whole.fault == nil, "\(text)")
      #expect(together.withoutPolicy == whole.withoutPolicy, "\(text)")
      // A list that is cut is several lists of one item, and so has another spelling; where there
      // is none, there is none in the whole file either.
      #expect(together.policy.isEmpty == whole.policy.isEmpty, "\(text)")
      compared += 1
    }
    #expect(compared > 150)
  }

  /// What the pieces say, with their lines counted in the file; `nil` where one cannot be read.
  private static func together(_ file: CutFile) -> FileIdentities? {
    var all = IdentityReader().identities(of: SourceFile(path: "f.yaml", bytes: []))
    var line = 0
    for (piece, text) in zip(file.pieces, texts(file)) {
      let read = IdentityReader().identities(of: SourceFile(path: "f.yaml", bytes: text))
      guard read.fault == nil else { return nil }
      let above = line - (piece.header.isEmpty ? 0 : 1)
      func moved(_ place: SourcePlace) -> SourcePlace {
        SourcePlace(file: place.file, line: place.line + above, column: place.column)
      }
      all.tenant = all.tenant ?? read.tenant
      all.policy += read.policy
      all.formerly += read.formerly
      all.names.apps.merge(read.names.apps) { first, _ in first }
      all.names.groups.merge(read.names.groups) { first, _ in first }
      all.names.packages.merge(read.names.packages) { first, _ in first }
      all.names.bundles.merge(read.names.bundles) { first, _ in first }
      all.names.partners.merge(read.names.partners) { first, _ in first }
      for var guest in read.guests {
        guest.place = moved(guest.place)
        for index in guest.grants.indices {
          guest.grants[index].place = moved(guest.grants[index].place)
        }
        for index in guest.bundles.indices {
          guest.bundles[index].place = moved(guest.bundles[index].place)
        }
        all.guests.append(guest)
      }
      for var holder in read.holders {
        holder.place = moved(holder.place)
        all.holders.append(holder)
      }
      all.removed.merge(read.removed) { _, second in second }
      line += piece.lines
    }
    return all
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
    #expect(Self.together(file) == nil)
  }
}

extension FileIdentities {
  fileprivate var withoutPolicy: FileIdentities {
    var identities = self
    identities.policy = []
    return identities
  }
}
