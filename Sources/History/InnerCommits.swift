package import Access
internal import Declarations
package import Git

extension HistoryReader {
  /// Finds, of some entries, which commits inside merges made their changes, and notes them in the
  /// history.
  ///
  /// Asked for the entries that somebody is shown, since it takes reading every commit of a merge.
  /// Where no single commit can be named, or the clone does not have them, the merge itself
  /// remains.
  /// - Throws: `objectMissing` or `corrupt` with the name of the object.
  package func attribute(
    _ keys: some Sequence<EntryKey>,
    of request: HistoryRequest,
    in history: inout DeclarationHistory,
    _ repository: Repository
  ) throws(GitError) {
    var steps: [Int: InnerCommits.Edges] = [:]
    for key in Set(keys) {
      for interval in history.intervals[key] ?? [] {
        if history.chain.indices.contains(interval.opened.step), interval.opened.inner == nil,
          history.chain[interval.opened.step].isMerge
        {
          steps[interval.opened.step, default: InnerCommits.Edges()].opened.insert(key)
        }
        if let closed = interval.closed, closed.inner == nil,
          history.chain.indices.contains(closed.step), history.chain[closed.step].isMerge
        {
          steps[closed.step, default: InnerCommits.Edges()].closed.insert(key)
        }
      }
    }
    var commits = InnerCommits(
      folders: request.folders,
      tenant: request.tenant,
      files: versions(in: repository, store: nil)
    )
    for (step, edges) in steps.sorted(by: { $0.key < $1.key }) {
      guard let id = ObjectID(hex: history.chain[step].commit.hex) else { continue }
      let causes = try commits.causes(of: edges, in: repository.commit(id))
      try history.note(causes.opened, at: step, \.opened)
      try history.note(causes.closed, at: step, \.closed)
    }
  }
}

extension DeclarationHistory {
  fileprivate mutating func note(
    _ causes: [EntryKey: Commit],
    at step: Int,
    _ end: WritableKeyPath<DeclaredInterval, DeclaredInterval.Edge>
  ) throws(GitError) {
    try note(causes, at: step) { $0[keyPath: end].step == step ? $0[keyPath: end].inner = $1 : () }
  }

  fileprivate mutating func note(
    _ causes: [EntryKey: Commit],
    at step: Int,
    _ end: WritableKeyPath<DeclaredInterval, DeclaredInterval.Edge?>
  ) throws(GitError) {
    try note(causes, at: step) {
      $0[keyPath: end]?.step == step ? $0[keyPath: end]?.inner = $1 : ()
    }
  }

  private mutating func note(
    _ causes: [EntryKey: Commit],
    at step: Int,
    _ set: (inout DeclaredInterval, CommitID) -> Void
  ) throws(GitError) {
    for (key, commit) in causes {
      let record = try StepReader.merged(commit)
      merged[record.commit] = record
      var intervals = intervals[key] ?? []
      for index in intervals.indices { set(&intervals[index], record.commit) }
      self.intervals[key] = intervals
    }
  }
}

/// Looks through the commits that a merge brought for those that changed entries.
struct InnerCommits {
  private let folders: [GitPath]
  private let tenant: TenantID
  private let files: FileVersions

  init(folders: [GitPath], tenant: TenantID, files: FileVersions) {
    self.folders = folders
    self.tenant = tenant
    self.files = files
  }

  /// The entries that a step opened and closed.
  struct Edges {
    var opened: Set<EntryKey> = []
    var closed: Set<EntryKey> = []
  }

  /// For each entry the commit that opened or closed it, as far as one can be named.
  struct Causes {
    var opened: [EntryKey: Commit] = [:]
    var closed: [EntryKey: Commit] = [:]
  }

  /// Looks from the newest commit on; merges among them only say what no other commit does.
  mutating func causes(of edges: Edges, in merge: Commit) throws(GitError) -> Causes {
    var causes = Causes()
    var open = edges
    guard let first = merge.parents.first else { return causes }
    let range = try files.repository.commits(mergedBy: merge)
    let (before, after) = (try names(in: files.repository.commit(first)), try names(in: merge))
    var naming: Commit?
    for commit in range.filter({ $0.parents.count < 2 }) + range.filter({ $0.parents.count > 1 }) {
      if open.opened.isEmpty, open.closed.isEmpty { return causes }
      // What is at the boundary of a shallow clone came from below it.
      if commit.isBoundary { continue }
      let (gone, added, isNaming) = try changes(of: commit)
      let opened = Self.keys(added, after).subtracting(Self.keys(gone, after))
      for key in open.opened.intersection(opened) { causes.opened[key] = commit }
      open.opened.subtract(opened)
      let closed = Self.keys(gone, before).subtracting(Self.keys(added, before))
      for key in open.closed.intersection(closed) { causes.closed[key] = commit }
      open.closed.subtract(closed)
      if isNaming, naming == nil { naming = commit }
    }
    // What nobody's entry explains comes from a name that means something else now.
    if let naming {
      for key in open.opened { causes.opened[key] = naming }
      for key in open.closed { causes.closed[key] = naming }
    }
    return causes
  }

  private static func keys(
    _ people: [FileIdentities.Person],
    _ names: IdentityContext
  ) -> Set<EntryKey> {
    Set(people.lazy.flatMap { names.entries(of: $0) }.map(\.key))
  }

  /// What a commit changed against its first parent.
  private func changes(
    of commit: Commit
  ) throws(GitError) -> (
    gone: [FileIdentities.Person], added: [FileIdentities.Person], isNaming: Bool
  ) {
    let parent = try commit.parents.first.map { (id) throws(GitError) in
      try files.repository.commit(id)
    }
    files.begin()
    var (gone, added): ([FileIdentities.Person], [FileIdentities.Person]) = ([], [])
    var isNaming = false
    for folder in folders {
      let old = try parent.flatMap { (parent) throws(GitError) in
        try files.repository.folder(folder, in: parent)
      }
      let new = try files.repository.folder(folder, in: commit)
      let changes: [TreeChange]
      do throws(GitError) { changes = try files.repository.changes(from: old, to: new) } catch {
        guard error.isTooMuch else { throw error }
        continue
      }
      for change in changes where SourceFile.isDeclaration(change.path.description) {
        let (before, after) = (try identities(change.old), try identities(change.new))
        guard before.fault == nil, after.fault == nil else { continue }
        gone += before.people
        added += after.people
        isNaming = isNaming || before.names != after.names
      }
    }
    return (gone, added, isNaming)
  }

  private func identities(_ file: TreeFile?) throws(GitError) -> FileIdentities {
    guard let file, file.mode.isFile else { return FileIdentities() }
    do throws(GitError) { return try files.identities(of: file.id) } catch {
      guard error.isTooMuch else { throw error }
      return FileIdentities()
    }
  }

  /// The names of a commit, from the folder that names the tenant there.
  private func names(in commit: Commit) throws(GitError) -> IdentityContext {
    for folder in folders {
      let tree = try files.repository.folder(folder, in: commit)
      if case .move(let move) = try FolderState(files: files).prepare(tree), move.tenant == tenant {
        return move.names
      }
    }
    return IdentityContext([])
  }
}
