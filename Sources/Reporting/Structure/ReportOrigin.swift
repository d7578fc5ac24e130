internal import Access

/// With what, and by whom, a report was made.
package struct ReportOrigin: Hashable, Sendable {
  /// The version of the program.
  package var version: String
  /// Who ran it, as the environment says (`github-actions`, an account's name); a claim.
  package var runner: String?
  /// The folder of the declarations inside the repository, without a slash at its end.
  ///
  /// Places are printed below it; empty where it is the repository itself.
  package var folder: String

  package init(version: String, runner: String? = nil, folder: String = "desired-state") {
    self.version = version
    self.runner = runner
    self.folder = folder
  }

  /// The version of the shape of every JSON report; grows when a member is taken out or changes
  /// its meaning, and stays when one is added.
  package static let schemaVersion = 2

  /// The file of a place, from the top of the repository.
  func path(of place: SourcePlace) -> String { path(ofFile: place.file) }

  func path(ofFile file: String) -> String { folder.isEmpty ? file : "\(folder)/\(file)" }

  /// `file:line:column`, from the top of the repository.
  func spelled(_ place: SourcePlace) -> String {
    "\(path(of: place)):\(place.line):\(place.column)"
  }

  /// The members with which every JSON report begins.
  func members(
    kind: String,
    tenant: TenantID,
    named name: String,
    commit: CommitID?
  ) -> [JSONValue.Member] {
    [
      .init("schemaVersion", .integer(Self.schemaVersion)),
      .init("kind", .string(kind)),
      .init("tool", ["name": "guestlist", "version": .string(version)]),
      .init("runBy", .optional(runner)),
      .init("tenant", ["id": .string(tenant.description), "displayName": .string(name)]),
      .init("commit", .described(commit)),
    ]
  }
}

extension JSONValue {
  /// Where something is, its file from the top of the repository.
  static func place(_ place: SourcePlace, origin: ReportOrigin) -> Self {
    [
      "file": .string(origin.path(of: place)),
      "line": .integer(place.line),
      "column": .integer(place.column),
    ]
  }
}

extension Provenance {
  /// The commit that made the change; the merge that brought it follows.
  var commits: (change: CommitID, merge: CommitID?) {
    guard let inner, inner != commit else { return (commit, nil) }
    return (inner, commit)
  }

  /// `a6ad9f0, merged in b17de89 (#41, 20 Nov 2026)`.
  var words: String {
    let merge = commits.merge.map { ", merged in \($0.short)" } ?? ""
    let number = pullRequest.map { "#\($0), " } ?? ""
    return "\(commits.change.short)\(merge) (\(number)\(Wording.day(committed)))"
  }

  /// The commit, who wrote it, and where the entry is in it.
  func json(_ origin: ReportOrigin) -> JSONValue {
    [
      "commit": .string(commits.change.hex),
      "mergeCommit": .described(commits.merge),
      "author": .string(author),
      "committedAt": .string(committed.description),
      "pullRequest": .optional(pullRequest),
      "place": place.map { .place($0, origin: origin) } ?? .null,
    ]
  }
}

extension ReportLinks {
  /// Where a forge shows a commit.
  func address(of commit: CommitID) -> String? {
    self.commit?.replacing("{sha}", with: commit.hex)
  }

  /// Where a forge shows a pull request.
  func address(ofPull number: Int) -> String? {
    pull?.replacing("{number}", with: String(number))
  }

  /// Where a forge shows a line of a file as it is in a commit.
  func address(ofLine line: Int, in path: String, at commit: CommitID) -> String? {
    file?.replacing("{sha}", with: commit.hex).replacing("{line}", with: String(line))
      .replacing("{path}", with: PercentEncoding.path(path))
  }
}
