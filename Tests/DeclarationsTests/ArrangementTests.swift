import Access
import Testing

@testable import Declarations

/// Where a line is changes nothing but who may write it.
struct ArrangementTests {
  /// A generator of its own, so that a failure can be repeated.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }

  /// Every piece is a file's worth by itself; lists and names are merged.
  private static func pieces(_ random: inout Generator) -> [String] {
    var pieces = [
      "tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: C, domains: [contoso.example]}\n",
      "apps: {a: {appId: 0f3c0000-0000-4000-8000-000000000010, via: {R0: g}}}\n",
      "apps: {b: {appId: 0f3c0000-0000-4000-8000-000000000011}}\n",
      "groups: {g: {id: 7a000000-0000-4000-8000-000000000020}}\n",
      "groups: {h: {id: 7a000000-0000-4000-8000-000000000021}}\n",
      "bundles: {all: {apps: ['a:R0', 'b:R1'], groups: [h]}}\n",
      "rules: {separation: [['a:R0', 'a:R1']]}\n", "rules: {separation: [['b:R0', 'a:R1']]}\n",
      "partners: {p: {domains: [p.example], sponsor: s@contoso.example, limits: {guests: 6}}}\n",
      "partners: {q: {domains: ['*.q.example'], includes: [all], limits: {stay: 90d}}}\n",
      "removed: [{email: gone@p.example, reason: x, removes: grants}]\n",
      "exceptions: [{entry: g0@p.example, rule: separation, until: 2030-01-01, reason: x}]\n",
    ]
    for number in 0..<Int.random(in: 4...12, using: &random) {
      let domain = ["p.example", "x.q.example", "nowhere.example"].randomElement(using: &random)
      let role = Int.random(in: 0...2, using: &random)
      let address = "g\(number % 9)@\(domain ?? "")"
      pieces.append("guests: [{email: \(address), apps: ['a:R\(role)'], groups: [g]}]\n")
      if role == 1 { pieces.append("grants: {b: {R0: [{guest: \(address), expires: 30d}]}}\n") }
    }
    return pieces
  }

  /// The pieces in some order, in some number of files.
  private static func arranged(_ pieces: [String], _ random: inout Generator) -> [SourceFile] {
    let count = Int.random(in: 1...pieces.count, using: &random)
    var files: [[String]] = Array(repeating: [], count: count)
    for piece in pieces.shuffled(using: &random) {
      files[Int.random(in: 0..<count, using: &random)].append(piece)
    }
    return files.enumerated().flatMap { number, pieces in
      // Two pieces with one key cannot share a file as they are: they go to files of their own.
      var texts: [String: Int] = [:]
      return pieces.map { piece in
        let key = String(piece.prefix { $0 != ":" })
        texts[key, default: 0] += 1
        return (texts[key] ?? 0, piece)
      }
      .reduce(into: [Int: String]()) { $0[$1.0, default: ""] += $1.1 }
      .map { SourceFile(path: "\(number)-\($0.key).yaml", bytes: Array($0.value.utf8)) }
    }
  }

  /// What a reading says without places.
  private static func meaning(_ reading: DeclarationReading) -> String {
    // Which of two declarations of one guest is the second is a matter of order, and so is what
    // else is found in the first.
    let twice = Set(reading.findings.filter { $0.code == .init(50) }.map { "\($0.scope)" })
    var lines = reading.findings
      .filter { !twice.contains("\($0.scope)") }
      .map { "\($0.code) \($0.severity) \($0.scope)" }
    lines.sort()
    for guest in reading.desired?.guests ?? [] {
      let grants = guest.grants.map { "\($0.spelled) \($0.origin) \($0.ends)" }
      lines.append("\(guest.address) \(guest.partner) \(guest.sponsors) \(guest.ends) \(grants)")
    }
    lines += reading.desired?.withheld.map { "withheld \($0.address)" } ?? []
    lines += reading.desired?.removed.map { "removed \($0.address)" } ?? []
    return lines.joined(separator: "\n")
  }

  @Test(arguments: 1...12)
  func `splitting, merging and reordering files changes nothing`(_ seed: UInt64) async {
    var random = Generator(state: seed)
    let pieces = Self.pieces(&random)
    let reader = DeclarationReader()
    let first = reader.read(Self.arranged(pieces, &random))
    #expect(first.policy != nil)
    for _ in 0..<3 {
      let files = Self.arranged(pieces, &random)
      #expect(Self.meaning(reader.read(files)) == Self.meaning(first))
      let parallel = await reader.read(inParallel: FolderContents(files: files))
      #expect(Self.meaning(parallel) == Self.meaning(first))
      #expect(parallel.findings == reader.read(files).findings)
    }
  }

  @Test func `a long list gives the same when it is read in parts`() async {
    var text = RuleCase.organisation.replacing("guests: 5", with: "guests: 90000")
    // Long enough for the file to be read in parts.
    let reason = String(repeating: "x", count: 300)
    for number in 0..<(FileReader.partSize * 2 + 17) {
      let key = number % 1000 == 7 ? "groupz" : "groups"
      text += "  - {email: g\(number)@fabrikam.example, \(key): [suppliers], reason: \(reason)}\n"
    }
    let files = [SourceFile(path: "all.yaml", bytes: Array(text.utf8))]
    let reader = DeclarationReader()
    let once = reader.read(files)
    let parts = await reader.read(inParallel: FolderContents(files: files))
    #expect(once.desired == parts.desired)
    #expect(once.findings == parts.findings)
    #expect(once.desired?.withheld.count == 5)
    #expect(once.desired?.guests.count == FileReader.partSize * 2 + 17 + 1 - 5)
  }
}
