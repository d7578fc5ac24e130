internal import Access
internal import YAML

/// The files that are read together, with the findings about all of them.
struct FileSet: Sendable {
  var files: [FileDeclarations]
  private(set) var findings: [Finding] = []
  /// A suggestion compares with every name there is, so that their number has to have an end.
  private var suggestions = 20

  init(_ files: [FileDeclarations]) { self.files = files }

  /// The same files, for a part of the work that collects findings of its own.
  var withoutFindings: Self { Self(files) }

  /// Tells whether one more suggestion may be looked for.
  mutating func maySuggest() -> Bool {
    suggestions -= 1
    return suggestions >= 0
  }

  func path(_ mark: Mark) -> String { files[Int(mark.file)].path }

  func place(_ mark: Mark) -> SourcePlace {
    // A file's declarations are never copied here: every entry and grant asks for its place.
    let index = Int(mark.file)
    return files[index].text.place(mark, in: files[index].path)
  }

  /// Adds a finding at a mark.
  mutating func report(
    _ rule: DeclarationRule,
    _ severity: Finding.Severity,
    _ message: String,
    at mark: Mark,
    suggestion: String? = nil,
    related: [Mark] = [],
    scope: Finding.Scope = .repository
  ) {
    let file = files[Int(mark.file)]
    findings.append(
      Finding(
        rule,
        severity,
        message,
        at: mark,
        in: file.text,
        path: file.path,
        suggestion: suggestion,
        related: related.map { place($0) },
        scope: scope
      )
    )
  }

  /// Adds an error at a mark.
  mutating func report(
    _ rule: DeclarationRule,
    _ message: String,
    at mark: Mark,
    suggestion: String? = nil,
    related: [Mark] = [],
    scope: Finding.Scope = .repository
  ) {
    report(
      rule,
      .error,
      message,
      at: mark,
      suggestion: suggestion,
      related: related,
      scope: scope
    )
  }

  mutating func add(_ finding: Finding) { findings.append(finding) }

  mutating func add(_ more: [Finding]) { findings += more }
}
