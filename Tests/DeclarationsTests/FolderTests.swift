import Access
import FoundationEssentials
import Git
import Platform
import TestSupport
import Testing
import YAML

@testable import Declarations

struct FolderTests {
  private func codes(_ reading: DeclarationReading) -> [String] {
    reading.findings.map { "\($0.place?.file ?? "-") \($0.code) \($0.severity)" }
  }

  @Test func `a folder without declarations is an error`() {
    #expect(codes(DeclarationReader().read([])) == ["- GL018 error"])
  }

  @Test func `what is in a folder of a commit is judged before it is read`() async throws {
    let folder = try TemporaryFolder()
    let git = try await GitFixture(at: folder.path("access"), home: folder.path(""))
    try git.write("desired-state/guestlist.yaml", RuleCase.organisation)
    try git.write("desired-state/README.md", "no declaration")
    try git.write("desired-state/LOUD.YAML", "guests: []\n")
    try git.write("desired-state/od\u{202E}d.yaml", "guests: []\n")
    try git.write("desired-state/deep/er/more.yml", "guests: []\n")
    try FileManager.default.createSymbolicLink(
      atPath: "\(git.path)/desired-state/link.yaml",
      withDestinationPath: "/etc/passwd"
    )
    let id = try #require(ObjectID(hex: try await git.commit("Everything")))
    let repository = try Repository(at: git.path)
    let contents = try repository.declarations(
      at: id,
      under: try #require(GitPath("desired-state"))
    )
    #expect(contents.files.map(\.path) == ["deep/er/more.yml", "guestlist.yaml"])
    #expect(
      codes(DeclarationReader().read(contents)) == [
        "LOUD.YAML GL017 error", "link.yaml GL017 error", "od\u{202E}d.yaml GL017 error",
      ]
    )
  }

  @Test func `a submodule and a name that is not UTF-8 are findings`() {
    var contents = FolderContents()
    #expect(contents.judge(Array("sub.yaml".utf8), kind: .submodule) == nil)
    #expect(contents.judge([0xFF, 0x2E, 0x79, 0x6D, 0x6C], kind: .file) == nil)
    #expect(contents.judge(Array("a.yml".utf8), kind: .file) == "a.yml")
    #expect(contents.findings.map(\.code.description) == ["GL017", "GL017"])
  }

  @Test func `limits on bytes, values, depth, files and entries each have their finding`() {
    let organisation = SourceFile(
      path: "guestlist.yaml",
      bytes: Array(RuleCase.organisation.utf8)
    )
    func codes(_ text: String, _ limits: DeclarationLimits) -> [String] {
      let more = SourceFile(path: "more.yaml", bytes: Array(text.utf8))
      return self.codes(DeclarationReader(limits: limits).read([organisation, more]))
    }
    let size = RuleCase.organisation.utf8.count
    let long = "# " + String(repeating: "x", count: size)
    #expect(
      codes(long, DeclarationLimits(yaml: YAMLLimits(bytes: size))) == [
        "more.yaml GL005 error"
      ]
    )
    let deep = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
    #expect(codes("guests: \(deep)", DeclarationLimits()) == ["more.yaml GL006 error"])
    #expect(codes("", DeclarationLimits(files: 1)) == ["- GL005 error"])
    #expect(codes("", DeclarationLimits(entries: 0)) == ["- GL005 error"])
    #expect(codes("\u{0}", DeclarationLimits()) == ["more.yaml GL002 error"])
    let reason = String(repeating: "x", count: FileDecoder.longestText)
    #expect(codes("suspend: {until: 2027-01-01, reason: \(reason)}", DeclarationLimits()) == [])
    #expect(
      codes("suspend: {until: 2027-01-01, reason: \(reason)x}", DeclarationLimits()) == [
        "more.yaml GL005 error"
      ]
    )
    #expect(
      codes("[a, b]", DeclarationLimits(yaml: YAMLLimits(nodes: 2))).contains(
        "more.yaml GL005 error"
      )
    )
    let globs = (0...PolicyAssembler.mostGlobs).map { "  \"p/\($0)\": {partners: [fabrikam]}\n" }
    #expect(
      codes("authority:\n\(globs.joined())", DeclarationLimits()) == ["more.yaml GL005 error"]
    )
  }

  @Test func `bytes that are not UTF-8 are a finding at their place`() {
    let file = SourceFile(path: "a.yaml", bytes: Array("version: 1\nx: ".utf8) + [0xFF])
    let findings = DeclarationReader().read([file]).findings
    #expect(findings.first { $0.code == DeclarationRule.encoding.code }?.place?.line == 2)
  }

  @Test func `ten thousand faults in one file are cut short, and still stop everything`() {
    let text = (0..<10_000).map { "k\($0): 1\n" }.joined()
    let reading = DeclarationReader().read([
      SourceFile(path: "guestlist.yaml", bytes: Array(RuleCase.organisation.utf8)),
      SourceFile(path: "more.yaml", bytes: Array(text.utf8)),
    ])
    #expect(reading.findings.count == 1001)
    #expect(reading.findings.contains { $0.code == DeclarationRule.moreFindings.code })
    #expect(!reading.isUsable)
  }

  @Test func `unsupported keys are refused wherever they are`() {
    let more = """
      trust: {portal: trust/portal.pub}
      partners: {tailspin: {domains: [tailspin.example], signUp: {bundles: [supplier]}}}
      guests: [{email: ana@tailspin.example, groups: [suppliers]}]
      """
    let reading = DeclarationReader().read([
      SourceFile(path: "guestlist.yaml", bytes: Array(RuleCase.organisation.utf8)),
      SourceFile(path: "more.yaml", bytes: Array(more.utf8)),
    ])
    #expect(
      reading.findings.map(\.code) == Array(repeating: DeclarationRule.unbuiltKey.code, count: 2)
    )
    #expect(!reading.isUsable)
  }
}
