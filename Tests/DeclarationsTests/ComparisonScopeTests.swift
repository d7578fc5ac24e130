import Access
import Git
import TestSupport
import Testing

@testable import Declarations

/// A comparison that leaves files unread says the same as one that reads everything.
@Suite struct ComparisonScopeTests {
  private static let now = Moment("2026-11-21T12:00:00Z") ?? Moment(seconds: 0)

  private static let policy = """
    version: 1
    tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: Contoso, domains: [contoso.example]}
    defaults: {sponsor: lena@contoso.example}
    guards: {grants: {count: 20}}
    apps:
      wiki: {appId: 0f3c0000-0000-4000-8000-000000000011}
      payments: {appId: 0f3c0000-0000-4000-8000-000000000012}
    groups: {suppliers: {id: 7a000000-0000-4000-8000-000000000020}}
    bundles: {supplier: {groups: [suppliers]}}
    authority: {"**": {partners: ["*"], apps: ["*"], groups: ["*"]}}
    exceptions:
      - {entry: g1@p1.example, rule: review, until: 2027-03-31, reason: leave}

    """

  /// A folder of random partners, guests and grants; some files have all three.
  private static func folder(_ numbers: inout SeededRandomness) -> [String: String] {
    var files = ["guestlist.yaml": policy]
    for partner in 0..<3 {
      let limit = numbers.word() % 2 == 0 ? ", limits: {guests: 6}" : ""
      files["p\(partner)/a.yaml"] = """
        guests:
          - {email: g0@p\(partner).example, bundles: [supplier]}
          - {email: g1@p\(partner).example, expires: 60d}
        partners:
          p\(partner): {domains: [p\(partner).example, "*.p\(partner).example"]\(limit)}

        """
      for file in ["b", "c"] {
        files["p\(partner)/\(file).yaml"] =
          "guests:\n"
          + (0..<2).map {
            "  - {email: \(file)\($0)@eu.p\(partner).example, apps: [\"wiki:Reader\"]}\n"
          }
          .joined()
      }
    }
    files["apps/payments.yaml"] =
      "grants: {payments: {Viewer: [{guest: g0@p0.example}, {guest: b1@eu.p1.example}]}}\n"
    return files
  }

  /// What a pull request may do, each to a file that it picks.
  private static func change(_ files: inout [String: String], _ numbers: inout SeededRandomness) {
    func pick<Value>(_ values: [Value]) -> Value {
      values[Int(numbers.word() % UInt64(values.count))]
    }
    let partner = pick([0, 1, 2])
    let guest = pick(["g0@p\(partner)", "g1@p\(partner)", "b1@eu.p\(partner)", "new@p\(partner)"])
    let path = pick(["p\(partner)/a.yaml", "p\(partner)/b.yaml", "p\(partner)/new.yaml"])
    let edits: [(String, String, String)] = [
      (path, "guests:\n", "guests:\n  - {email: \(guest).example, apps: [\"wiki:Editor\"]}\n"),
      (path, "bundles: [supplier]", "apps: [\"payments:Viewer\"], sponsor: max@contoso.example"),
      (path, "expires: 60d", "expires: 2027-01-31"),
      ("p\(partner)/c.yaml", "c0@", "c9@"), ("p\(partner)/a.yaml", "guests: 6", "guests: 5"),
      ("p\(partner)/a.yaml", "guests: 6", "guests: 60"),
      ("p\(partner)/a.yaml", "domains: [", "sponsor: max@contoso.example, domains: ["),
      ("p\(partner)/a.yaml", "\"*.p\(partner).example\"", "q.example"),
      ("apps/payments.yaml", "{guest: g0@p0.example}", "{guest: \(guest).example, expires: 30d}"),
      ("apps/payments.yaml", "b1@eu.p1", "c1@eu.p\(partner)"),
      ("guestlist.yaml", "groups: [suppliers]}}", "groups: [suppliers], apps: [\"wiki:Reader\"]}}"),
      ("guestlist.yaml", "000000000011", "000000000099"),
      ("guestlist.yaml", "count: 20", "count: 1"),
      ("guestlist.yaml", "sponsor: lena@", "sponsor: max@"),
      ("guestlist.yaml", "until: 2027-03-31", "until: 2027-04-30"),
      ("guestlist.yaml", "groups: [\"*\"]", "groups: []"),
      (
        "guestlist.yaml", "exceptions:",
        "rules: {separation: [[suppliers, \"wiki:Editor\"]]}\nexceptions:"
      ),
      ("r.yaml", "", "removed: [{email: \(guest).example, reason: x, removes: grants}]\n"),
    ]
    let (file, old, new) = pick(edits)
    if let text = files[file], !old.isEmpty {
      files[file] = text.replacing(old, with: new, maxReplacements: 1)
    } else {
      files[file] = new
    }
    if numbers.word() % 12 == 0 { files[path] = nil }
  }

  private static func contents(_ files: [String: String]) -> FolderContents {
    FolderContents(
      files: files.sorted { $0.key < $1.key }
        .map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) }
    )
  }

  @Test func `nothing that a change means is in a file that is left unread`() async throws {
    var numbers = SeededRandomness(seed: 19)
    var (partial, reading) = (0, 0)
    for round in 0..<300 {
      let old = Self.folder(&numbers)
      var new = old
      for _ in 0...numbers.word() % 3 { Self.change(&new, &numbers) }
      let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
      let blob = try #require(ObjectID(hex: String(repeating: "a", count: 40)))
      let blobs = old.mapValues { _ in blob }
      let outline = try #require(
        await FolderOutline(of: Self.contents(old), blobs: blobs, tree: blob)
      )
      let scope = ComparisonScope(
        outline,
        old: Self.contents(old.filter { changed.contains($0.key) }),
        new: Self.contents(new.filter { changed.contains($0.key) }),
        changed: changed
      )
      var fetched = 0
      let pair = await scope.readings(now: Self.now) { path, _ in
        fetched += 1
        return SourceFile(path: path, bytes: Array((old[path] ?? "").utf8))
      }
      guard let pair else { continue }
      partial += 1
      reading += fetched
      let whole = DeclarationComparison(
        from: DeclarationReader().read(Self.contents(old), now: Self.now),
        to: DeclarationReader().read(Self.contents(new), now: Self.now),
        now: Self.now
      )
      let part = DeclarationComparison(
        from: pair.base,
        to: pair.head,
        guestsBefore: scope.guestsBefore,
        now: Self.now
      )
      #expect(part.changes == whole.changes, "round \(round): \(changed.sorted())")
    }
    #expect(partial > 100, "most changes concern few")
    #expect(reading < partial * 4, "and few files are read besides those that changed")
  }

  @Test func `an outline keeps everything but guests, on its lines`() throws {
    let text = """
      # Fabrikam
      partners: {f: {domains: [f.example]}}
      guests: # all of them
        - email: Ana@F.example
        - email: "o@é.example"
      removed: []

      """
    let outline = FileOutline(of: Array(text.utf8))
    #expect(
      String(decoding: outline.shared, as: UTF8.self)
        == "# Fabrikam\npartners: {f: {domains: [f.example]}}\n\n\n\nremoved: []\n"
    )
    #expect(outline.domains == ["f.example": 1, "xn--9ca.example": 1])
    #expect(outline.addresses.count == 2)
    #expect(FileOutline(of: Array("guests:\n  - email: a@f.example\n".utf8)).shared == [])
    for whole in [
      "{guests: [{email: a@f.example}], removed: []}", "guests: [", "x: 1\nguests: []\nguests: []",
    ] {
      #expect(FileOutline(of: Array(whole.utf8)).shared == Array(whole.utf8), "\(whole)")
    }
  }
}
