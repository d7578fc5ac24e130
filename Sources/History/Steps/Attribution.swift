internal import Access
internal import Declarations
internal import Git

/// Finds, for what a merge changed, the commits of the merged range that changed it.
struct Attribution {
  private let folder: GitPath
  private let state: FolderState
  private let repository: Repository
  /// The names before the merge and after it.
  private let names: (before: IdentityContext, after: IdentityContext)
  /// Whether the two mean different things.
  private let renames: Bool
  private let files: [GitPath: FolderState.Change]
  /// Versions that were read: the new one of a commit is the old one of the next.
  private var versions: [TreeFile: FileState?] = [:]

  init(
    folder: GitPath,
    state: FolderState,
    move: FolderState.Move,
    before: IdentityContext,
    repository: Repository
  ) {
    self.folder = folder
    self.state = state
    self.repository = repository
    names = (before, move.names)
    renames = move.renames
    files = Dictionary(
      move.changes.compactMap { change in
        (change.new ?? change.old).map { ($0.path, change) }
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// For each entry that opened or closed the commit that did it, as far as one can be named.
  struct Causes {
    var opened: [EntryKey: Commit] = [:]
    var closed: [EntryKey: Commit] = [:]
  }

  /// Looks through the commits of the range, newest first; merges among them only say what no other
  /// commit does.
  mutating func causes(
    of taken: FolderState.Taken,
    among range: [Commit]
  ) throws(GitError) -> Causes {
    var causes = Causes()
    var open = (opened: Set(taken.opened), closed: Set(taken.closed.keys))
    guard !range.isEmpty, !open.opened.isEmpty || !open.closed.isEmpty else { return causes }
    var naming: Commit?
    let isPlain = range.partitioned { $0.parents.count < 2 }
    for commit in isPlain.matching + isPlain.others {
      if open.opened.isEmpty, open.closed.isEmpty { return causes }
      let effect = try effect(of: commit)
      for key in open.opened.intersection(effect.added) { causes.opened[key] = commit }
      for key in open.closed.intersection(effect.removed) { causes.closed[key] = commit }
      open.opened.subtract(effect.added)
      open.closed.subtract(effect.removed)
      if effect.isNaming, naming == nil { naming = commit }
    }
    // What nobody's entry explains comes from a name that means something else now.
    if let naming {
      for key in open.opened { causes.opened[key] = naming }
      for key in open.closed { causes.closed[key] = naming }
    }
    return causes
  }

  private struct Effect {
    var added: Set<EntryKey> = []
    var removed: Set<EntryKey> = []
    var isNaming = false
  }

  /// What a commit changed against its first parent, in the files that the merge changed.
  private mutating func effect(of commit: Commit) throws(GitError) -> Effect {
    var effect = Effect()
    // What stands at the boundary of a shallow clone came from below it.
    if commit.isBoundary { return effect }
    let tree = try repository.folder(folder, in: commit, verification: .none)
    var parent: ObjectID?
    if let id = commit.parents.first {
      let commit = try repository.commit(id, verification: .none)
      parent = try repository.folder(folder, in: commit, verification: .none)
    }
    for change in try repository.changes(from: parent, to: tree) {
      guard let known = files[change.path] else { continue }
      let old = try version(change.old, near: known)
      let new = try version(change.new, near: known)
      guard old.isReadable, new.isReadable else { continue }
      let difference = FileState.difference(old.file, new.file)
      effect.isNaming =
        effect.isNaming || (difference.gone + difference.added).contains(where: \.definesNames)
      let gone = keys(of: difference.gone)
      let added = keys(of: difference.added)
      effect.added.formUnion(added.after.subtracting(gone.after))
      effect.removed.formUnion(gone.before.subtracting(added.before))
    }
    return effect
  }

  /// A version of a file, read at the cost of what it does not share with those of the merge.
  private mutating func version(
    _ file: TreeFile?,
    near known: FolderState.Change
  ) throws(GitError) -> (file: FileState?, isReadable: Bool) {
    guard let file, file.mode.isFile else { return (nil, true) }
    for version in [known.old, known.new] {
      if let version, version.blob == file.id { return (version, true) }
    }
    if let version = versions[file] { return (version, version != nil) }
    let read: FileState?
    switch try state.read(file, before: known.old ?? known.new, in: repository) {
    case .success(let version): read = version
    case .failure: read = nil
    }
    versions.updateValue(read, forKey: file)
    return (read, read != nil)
  }

  private func keys(of contents: [PieceContent]) -> (before: Set<EntryKey>, after: Set<EntryKey>) {
    let before = Set(contents.flatMap { names.before.entries(of: $0.identities).keys })
    if !renames { return (before, before) }
    return (before, Set(contents.flatMap { names.after.entries(of: $0.identities).keys }))
  }
}

extension [Commit] {
  fileprivate func partitioned(
    by matches: (Commit) -> Bool
  ) -> (matching: [Commit], others: [Commit]) {
    (filter(matches), filter { !matches($0) })
  }
}
