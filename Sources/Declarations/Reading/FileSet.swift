internal import Access
internal import YAML

/// The files that are read together, with the findings about all of them.
struct FileSet: Sendable {
  private(set) var files: [FileDeclarations] = []
  private(set) var sink = FindingSink(limit: FindingSink.mostOfAll)
  /// Finding a near name takes a comparison with every name, so only so many are looked for.
  private var suggestions = 20

  /// Guests, removals and grants from the resource's side, of all files.
  private(set) var entries = 0

  init() {}

  /// Takes the next file in the order of paths; of more entries than are possible, only how many
  /// there are.
  mutating func take(_ file: FileDeclarations, atMost limit: Int) {
    var file = file
    entries += file.guests.count + file.uncounted + file.holders.count + file.removed.count
    if entries > limit { (file.guests, file.holders, file.removed) = ([], [], []) }
    sink.add(file.sink)
    file.sink = FindingSink(limit: 0)
    files.append(file)
  }

  /// False where a file, or a section of one, could not be read.
  var isComplete: Bool { files.allSatisfy(\.isComplete) }

  /// Forgets what a file says besides guests, grants, removals and partners.
  mutating func dropSettings(ofFile index: Int) { files[index].dropSettings() }

  /// Hands the guests of all files over, in their order.
  mutating func takeGuests() -> [Boxed<GuestDeclaration>] {
    defer { for index in files.indices { files[index].guests = [] } }
    return files.flatMap(\.guests)
  }

  /// The same files, for a part of the work that collects findings of its own.
  var withoutFindings: Self {
    var set = Self()
    set.files = files
    return set
  }

  /// Tells whether one more hint may be looked for.
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

  /// Where each section is, and what has a name in one (`partners.fabrikam`).
  var policyPlaces: [String: SourcePlace] {
    var marks: [String: Mark] = [:]
    for file in files {
      for section in file.sections where marks[section.value] == nil {
        marks[section.value] = section.mark
      }
      for app in file.apps { marks["apps.\(app.value.name)"] = app.mark }
      for group in file.groups { marks["groups.\(group.value.name)"] = group.mark }
      for package in file.packages { marks["packages.\(package.value.name)"] = package.mark }
      for bundle in file.bundles { marks["bundles.\(bundle.value.name)"] = bundle.mark }
      for partner in file.partners { marks["partners.\(partner.value.name)"] = partner.mark }
      for rule in file.authority { marks["authority.\(rule.value.glob)"] = rule.mark }
    }
    return marks.mapValues(place)
  }

  /// Adds a finding at a mark.
  mutating func report(
    _ rule: DeclarationRule,
    _ message: String,
    at mark: Mark,
    severity: Finding.Severity = .error,
    hint: String? = nil,
    related: [Mark] = [],
    scope: Finding.Scope = .repository,
    cause: CommonCause? = nil
  ) {
    let index = Int(mark.file)
    sink.add(
      Finding(
        rule,
        severity,
        message,
        at: mark,
        in: files[index].text,
        path: files[index].path,
        hint: hint,
        related: related.map { place($0) },
        scope: scope
      ),
      cause: cause
    )
  }

  mutating func add(_ finding: Finding, cause: CommonCause? = nil) {
    sink.add(finding, cause: cause)
  }

  mutating func add(_ more: [Finding]) {
    for finding in more { sink.add(finding) }
  }

  mutating func add(_ more: FindingSink) { sink.add(more) }
}
