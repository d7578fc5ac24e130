import Access
import Testing

@testable import Declarations

/// Files whose text says by markers (`①` to `⑳`) where findings must appear; the reader sees the
/// text without them.
struct MarkedFiles {
  private(set) var files: [SourceFile] = []
  private var markers: [SourcePlace: Character] = [:]

  init(_ texts: [String: String]) {
    for (path, text) in texts {
      var plain = ""
      var line = 1
      var column = 1
      for scalar in text.unicodeScalars {
        if (0x2460...0x2473).contains(scalar.value) {
          markers[SourcePlace(file: path, line: line, column: column)] = Character(scalar)
          continue
        }
        plain.unicodeScalars.append(scalar)
        column += 1
        if scalar == "\n" { (line, column) = (line + 1, 1) }
      }
      files.append(SourceFile(path: path, bytes: Array(plain.utf8)))
    }
  }

  /// A finding in one line: its marker, or its place where there is none, its code, how severe it
  /// is, and whom it stops.
  func summary(of finding: Finding) -> String {
    let place = finding.place.map { place in
      markers[place].map(String.init) ?? "\(place)"
    }
    let stops =
      switch finding.scope {
      case .repository: finding.severity == .error ? " commit" : ""
      case .part: ""
      case .entry(let address): " \(address)"
      }
    let related = finding.related.compactMap { markers[$0] }.map { " ←\($0)" }.joined()
    return "\(place ?? "folder") \(finding.code) \(finding.severity)\(stops)\(related)"
  }
}

/// What one text is expected to be found guilty of.
struct RuleCase: CustomTestStringConvertible, Sendable {
  var name: String
  /// Added to the files of every case.
  var files: [String: String]
  var expected: [String]
  var now: Moment?

  /// One more file, directly in the folder.
  init(_ name: String, _ text: String, _ expected: [String], now: String? = nil) {
    self.init(name, files: ["more.yaml": text], expected, now: now)
  }

  init(_ name: String, files: [String: String], _ expected: [String], now: String? = nil) {
    self.name = name
    self.files = files
    self.expected = expected
    self.now = now.flatMap { Moment($0) }
  }

  var testDescription: String { name }

  /// An organisation in which nothing is wrong and everything is used.
  static let organisation = """
    version: 1
    tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: Contoso, domains: [contoso.example]}
    apps:
      expenses: {appId: 0f3c0000-0000-4000-8000-000000000010}
      wiki: {appId: 0f3c0000-0000-4000-8000-000000000011}
      payments: {appId: 0f3c0000-0000-4000-8000-000000000012}
    groups:
      suppliers: {id: 7a000000-0000-4000-8000-000000000020}
      auditors: {id: 7a000000-0000-4000-8000-000000000021}
    packages:
      onboarding:
        id: 7d000000-0000-4000-8000-000000000030
        policy: 31000000-0000-4000-8000-000000000031
    bundles:
      supplier: {apps: ["expenses:Submitter", "wiki:Reader"], groups: [suppliers]}
    rules:
      separation: [["expenses:Submitter", "expenses:Approver"]]
    partners:
      fabrikam:
        domains: [fabrikam.example, "*.fabrikam.example"]
        sponsor: lena@contoso.example
        allows: {apps: ["expenses:*", "wiki:Reader", "payments:Viewer"], groups: [suppliers]}
        limits: {stay: 180d, guests: 5}
      litware:
        domains: [litware.example]
        requires: [sponsor, expires, ticket]
    guests:
      - {email: base@fabrikam.example, bundles: [supplier], apps: ["payments:Viewer"]}

    """

  func reading() -> (DeclarationReading, MarkedFiles) {
    let marked = MarkedFiles(files.merging(["guestlist.yaml": Self.organisation]) { own, _ in own })
    let reader = DeclarationReader()
    return (reader.read(marked.files, now: now), marked)
  }
}
