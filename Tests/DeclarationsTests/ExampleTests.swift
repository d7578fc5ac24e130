import Access
import Testing

@testable import Declarations

/// The examples that `guestlist explain GL…` prints.
@Suite struct ExampleTests {
  private static let organisation = """
    version: 1
    tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: Contoso, domains: [contoso.example]}
    apps:
      wiki: {appId: 0f3c0000-0000-4000-8000-000000000011}
    groups:
      suppliers: {id: 7a000000-0000-4000-8000-000000000020}
    bundles:
      supplier: {apps: ["wiki:Reader"], groups: [suppliers]}
    partners:
      fabrikam:
        domains: [fabrikam.example]
        allows: {apps: ["wiki:Reader"], groups: [suppliers]}
        limits: {stay: 180d, guests: 2}
    guests:
      - {email: ana@fabrikam.example, bundles: [supplier]}

    """

  private static let now = Moment(seconds: 1_795_305_600)  // 22 November 2026

  private func codes(_ files: [(path: String, text: String)]) -> Set<String> {
    var folder = FolderContents()
    for (path, text) in files {
      guard let path = folder.judge(Array(path.utf8), kind: .file) else { continue }
      folder.add(SourceFile(path: path, bytes: bytes(text)))
    }
    return Set(DeclarationReader().read(folder, now: Self.now).findings.map { "\($0.code)" })
  }

  /// The files that an example shows.
  private func files(_ example: String) -> [(path: String, text: String)] {
    var files: [(path: String, text: String)] = []
    for line in example.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("# ") {
        files.append((String(line.dropFirst(2)), ""))
      } else {
        if files.isEmpty { files.append(("z.yaml", "")) }
        files[files.count - 1].text += "\(line)\n"
      }
    }
    return files
  }

  /// The bytes of a text, with every notation replaced by what it means.
  private func bytes(_ text: String) -> [UInt8] {
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines += line == "…" ? Array(repeating: lines.last ?? "", count: 2000) : [line]
    }
    var bytes: [UInt8] = []
    for part in lines.joined(separator: "\n").split(
      separator: "…",
      omittingEmptySubsequences: false
    ) {
      if let last = bytes.last { bytes += Array(repeating: last, count: 5000) }
      let text = part.replacing("\\u{202E}", with: "\u{202E}")
        .replacing("\\u{FEFF}", with: "\u{FEFF}")
      for (index, piece) in text.split(separator: "\\xE9", omittingEmptySubsequences: false)
        .enumerated()
      {
        bytes += (index > 0 ? [0xE9] : []) + Array(piece.utf8)
      }
    }
    return bytes
  }

  @Test func `nothing is wrong with the organisation`() {
    #expect(codes([("guestlist.yaml", Self.organisation)]) == [])
  }

  @Test(arguments: DeclarationRule.allCases.filter { $0 != .loosened })
  func `an example has the finding that it shows`(_ rule: DeclarationRule) {
    let shown = files(rule.example)
    let isReplaced = rule == .noFiles || shown.contains { $0.path == "guestlist.yaml" }
    let codes = codes((isReplaced ? [] : [("guestlist.yaml", Self.organisation)]) + shown)
    #expect(codes.contains("\(rule.code)"), "\(codes)")
  }

  @Test func `the example of a loosened rule shows the two commits`() {
    func reading(without mark: Character) -> DeclarationReading {
      let lines = DeclarationRule.loosened.example.split(separator: "\n")
        .filter { $0.first != mark }.map { $0.dropFirst() }
      return DeclarationReader().read([
        SourceFile(path: "guestlist.yaml", bytes: Array(Self.organisation.utf8)),
        SourceFile(path: "z.yaml", bytes: Array(lines.joined(separator: "\n").utf8)),
      ])
    }
    let loosening = PolicyLoosening(
      from: reading(without: "+"),
      to: reading(without: "-"),
      now: Self.now
    )
    #expect(loosening.findings.map(\.code) == [DeclarationRule.loosened.code])
  }
}
