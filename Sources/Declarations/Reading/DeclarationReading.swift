package import Access
internal import YAML

/// What reading the declarations of one commit gave.
package struct DeclarationReading: Sendable {
  /// `nil` where no tenant could be read.
  package private(set) var desired: DesiredState?
  /// The policy as far as it could be read; `nil` without a tenant.
  package let policy: Policy?
  /// Ordered by place, then by code.
  package private(set) var findings: [Finding]
  private let places: [String: SourcePlace]
  /// Before the rules that several entries break together.
  private let draft: DesiredState?
  private let draftFindings: FindingSink
  private let excerpts: Excerpts
  private let now: Moment?
  /// True where several entries break a limit or a separation together, so that their order decides
  /// which of them are skipped.
  package private(set) var dependsOnOrder = false

  init(
    desired: DesiredState? = nil,
    policy: Policy? = nil,
    places: [String: SourcePlace] = [:],
    findings: FindingSink,
    excerpts: Excerpts,
    now: Moment? = nil
  ) {
    self.desired = desired
    self.policy = policy
    self.places = places
    self.now = now
    draft = desired
    draftFindings = findings
    self.excerpts = excerpts
    self.findings = []
    apply { _ in nil }
  }

  /// True where something is declared and nothing of it stops the commit.
  package var isUsable: Bool { desired?.isUsable ?? false }

  /// Where a setting of the policy is written, or what it belongs to (`partners.fabrikam.limits`).
  func place(of setting: String) -> SourcePlace? {
    var path = setting[...]
    while true {
      if let place = places[String(path)] { return place }
      guard let dot = path.lastIndex(of: ".") else { return nil }
      path = path[..<dot]
    }
  }

  /// The reading with the entries in the order in which they came: where several break a limit or a
  /// separation together, only the last are skipped.
  ///
  /// The function gives the step that introduced an entry, `nil` for one that is newer than all; a
  /// caller without history may give an entry of the last applied commit any number. A reading that
  /// was not ordered skips all of them.
  package func ordered(by introduced: (EntryKey) -> Int?) -> Self {
    var reading = self
    reading.apply(introduced)
    return reading
  }

  private mutating func apply(_ introduced: (EntryKey) -> Int?) {
    var sink = draftFindings
    if var desired = draft, let policy {
      let found = SharedRules(policy, now: now).apply(to: &desired, introduced)
      dependsOnOrder = !found.isEmpty
      for finding in found { sink.add(finding) }
      desired.withheld.sort { ($0.address, $0.reason) < ($1.address, $1.reason) }
      self.desired = desired
    }
    var findings = sink.findings
    excerpts.complete(&findings)
    self.findings = findings.sorted { Finding.precedes($0, $1) }
  }
}

/// Gives findings that know only their place the line that it is in.
struct Excerpts {
  private let texts: [String: SourceText]

  init(_ set: FileSet) {
    texts = Dictionary(
      set.files.map { ($0.path, $0.text) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// For findings that a reading did not make itself; only their files are looked at.
  init(of folder: FolderContents, for findings: [Finding]) {
    let paths = Set(findings.lazy.filter { $0.excerpt == nil }.compactMap(\.place?.file))
    texts = Dictionary(
      folder.files.lazy.filter { paths.contains($0.path) }.map { ($0.path, SourceText($0.bytes)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func complete(_ findings: inout [Finding]) {
    for index in findings.indices where findings[index].excerpt == nil {
      guard let place = findings[index].place, let line = texts[place.file]?.line(place.line) else {
        continue
      }
      findings[index].excerpt = line
      if findings[index].length == 1 {
        findings[index].length = Self.token(in: line, from: place.column)
      }
    }
  }

  /// The length of what begins at a column: up to the end of the quotes, or of the plain text.
  private static func token(in line: String, from column: Int) -> Int {
    let characters = line.unicodeScalars.dropFirst(max(0, column - 1))
    guard let first = characters.first else { return 1 }
    var length = 0
    if first == "\"" || first == "'" {
      for scalar in characters {
        length += 1
        if length > 1, scalar == first { return length }
      }
      return length
    }
    var previous: Unicode.Scalar = "x"
    for scalar in characters {
      if ",[]{}".unicodeScalars.contains(scalar) { break }
      if scalar == " ", previous == ":" { return max(1, length - 1) }
      if scalar == "#", previous == " " { return max(1, length - 1) }
      length += 1
      previous = scalar
    }
    if previous == ":" { length -= 1 }
    return max(1, length)
  }
}
