internal import Access
internal import Declarations
internal import Git

/// What a folder declares after a commit, moved on from one commit to the next at the cost of what
/// changed.
struct FolderState {
  private let reader: IdentityReader
  /// The tree that the state is of; `nil` before the folder exists.
  private(set) var tree: ObjectID?
  private var files: [GitPath: FileState] = [:]
  private(set) var names = IdentityContext([])
  private(set) var tenant: TenantID?
  private var holders = EntryHolders()
  /// Files that were read since the state last moved: a folder that cannot be read for many commits
  /// is not parsed anew for each.
  private var waiting: [TreeFile: Result<FileState, FileState.Unreadable>] = [:]

  /// What no commit of use exceeds, in bytes.
  private static let largestFile = 64 << 20

  /// True where files may stand that have not been read since the walk was resumed.
  private(set) var isPartial = false

  init(reader: IdentityReader) { self.reader = reader }

  /// Stands at a tree by the word of an earlier walk, and reads a file when it is first needed.
  init(
    resuming standing: Standing,
    open: some Sequence<EntryKey>,
    at tree: ObjectID?,
    reader: IdentityReader
  ) {
    self.reader = reader
    self.tree = tree
    names = IdentityContext(CollectionOfOne(standing.names))
    tenant = standing.tenant
    var counts: [EntryKey: Int] = [:]
    for key in open { counts[key] = 1 }
    holders = EntryHolders(unread: UnreadEntries(counts.merging(standing.several) { $1 }))
    isPartial = true
  }

  /// A file before and after a move.
  typealias Change = (old: FileState?, new: FileState?)

  /// What the next state would be, ready to be taken.
  struct Move {
    fileprivate(set) var tree: ObjectID?
    fileprivate(set) var changes: [Change] = []
    fileprivate(set) var names: IdentityContext
    fileprivate(set) var tenant: TenantID?
    /// True where names mean something else than before, so that every entry may.
    fileprivate(set) var renames = false
    /// True where something else than entries changed.
    fileprivate(set) var changesPolicy = false
  }

  enum Outcome {
    case move(Move)
    case unreadable(String)
  }

  /// What a move changed.
  struct Taken {
    var opened: [EntryKey] = []
    /// With the place in the state before.
    var closed: [EntryKey: SourcePlace] = [:]
    /// Entries that say something else than before, or say it elsewhere; opened ones are among them.
    var changed: [EntryKey] = []
    /// The addresses about whose removal something else is said than before.
    var removals = RemovalChanges()
  }

  /// Reads what differs between the tree of the state and another one; the state stays as it is.
  mutating func prepare(
    _ next: ObjectID?,
    in repository: Repository
  ) throws(GitError) -> Outcome {
    var move = Move(tree: next, names: names, tenant: tenant)
    guard next != tree else { return .move(move) }
    for change in try repository.changes(from: tree, to: next)
    where SourceFile.isDeclaration(change.path.description) {
      let old = try standing(change, in: repository)
      guard let file = change.new, file.mode.isFile else {
        if old != nil { move.changes.append((old, nil)) }
        continue
      }
      if waiting[file] == nil { waiting[file] = try read(file, before: old, in: repository) }
      switch waiting[file] {
      case .success(let new): move.changes.append((old, new))
      case .failure(let unreadable): return .unreadable(unreadable.reason)
      case nil: break
      }
    }
    move.changesPolicy = move.changes.contains { FileState.changesPolicy($0.old, $0.new) }
    let isNaming = move.changes.contains { change in
      let difference = FileState.difference(change.old, change.new)
      return (difference.gone + difference.added).contains(where: \.definesNames)
    }
    if isPartial, isNaming || move.changes.contains(where: mayStandElsewhere) {
      try readAll(in: repository)
    }
    if isNaming {
      let naming = naming(after: move.changes)
      move.names = IdentityContext(naming.lazy.map(\.names))
      move.tenant = naming.lazy.compactMap(\.tenant).first
      move.renames = move.names != names
    }
    return .move(move)
  }

  /// Whether something of a change may stand in a file that has not been read, too.
  private func mayStandElsewhere(_ change: Change) -> Bool {
    FileState.difference(change.old, change.new).gone.contains { content in
      !content.identities.removed.isEmpty
        || content.entries.keys.contains { holders.unread.count(of: $0) > 0 }
    }
  }

  /// Reads a version of a file, parsing what another version of it does not have.
  func read(
    _ file: TreeFile,
    before: FileState?,
    in repository: Repository
  ) throws(GitError) -> Result<FileState, FileState.Unreadable> {
    let bytes: [UInt8]
    do throws(GitError) {
      bytes = try repository.blob(file.id, limit: Self.largestFile, verification: .none)
    } catch {
      guard case .tooLarge = error.kind else { throw error }
      return .failure(FileState.Unreadable(reason: "\(file.path) is too large"))
    }
    return Result { () throws(FileState.Unreadable) in
      try FileState(path: file.path, blob: file.id, bytes: bytes, before: before, reader: reader)
    }
  }

  /// Takes a move.
  mutating func take(_ move: Move) -> Taken {
    var (gone, added): ([Entries], [Entries]) = ([], [])
    var changed: (gone: [PieceContent], added: [PieceContent]) = ([], [])
    for change in move.changes {
      let difference = FileState.difference(change.old, change.new)
      changed.gone += difference.gone
      changed.added += difference.added
      if difference.gone.count == 1, difference.added.count == 1,
        replace(difference.gone[0], by: difference.added[0], names: move.names)
      {
        continue
      }
      gone += difference.gone.map { ($0, $0.entries) }
      added += difference.added.map { ($0, move.names.entries(of: $0.identities)) }
    }
    var taken = Taken()
    taken.removals = removals(from: changed.gone, to: changed.added)
    if move.renames {
      let renamed = renamed(by: move, besides: changed.gone)
      gone += renamed.gone
      added += renamed.added
      changed.gone += renamed.gone.map(\.content)
      changed.added += renamed.added.map(\.content)
    }
    taken.changed = StatementChanges(from: (changed.gone, names), to: (changed.added, move.names))
      .keys(besides: holders)
    var balance: [EntryKey: Int] = [:]
    for key in gone.lazy.flatMap(\.entries.keys) { balance[key, default: 0] -= 1 }
    for key in added.lazy.flatMap(\.entries.keys) { balance[key, default: 0] += 1 }
    var closed: [EntryKey] = []
    for (key, change) in balance {
      let before = holders.count(of: key)
      if before > 0, before + change <= 0 { closed.append(key) }
      if before == 0, change > 0 { taken.opened.append(key) }
    }
    taken.closed = places(of: closed)
    for (content, entries) in gone { holders.remove(content, entries.keys) }
    for change in move.changes {
      if let path = (change.new ?? change.old)?.path { files[path] = change.new }
    }
    for (content, entries) in added {
      content.replace(entries)
      holders.add(content, entries.keys)
    }
    (tree, names, tenant, waiting) = (move.tree, move.names, move.tenant, [:])
    return taken
  }

  private typealias Entries = (content: PieceContent, entries: [EntryKey: SourcePlace])

  /// What is said of removals with some pieces in the place of others.
  private func removals(from gone: [PieceContent], to added: [PieceContent]) -> RemovalChanges {
    let changes = RemovalChanges(
      from: gone.lazy.flatMap(\.removals),
      to: added.lazy.flatMap(\.removals)
    )
    guard !changes.isEmpty else { return changes }
    // Somebody may be ordered away in several places.
    let moved = Set((gone + added).map(ObjectIdentifier.init))
    let staying = files.values.lazy.flatMap(\.contents)
      .filter { !$0.identities.removed.isEmpty && !moved.contains(ObjectIdentifier($0)) }
      .flatMap(\.removals).filter { changes.concerns($0.guest) }
    guard !staying.isEmpty else { return changes }
    return RemovalChanges(
      from: gone.flatMap(\.removals) + staying,
      to: added.flatMap(\.removals) + staying
    )
  }

  /// The pieces that stay and declare something else under the names of a move.
  private func renamed(
    by move: Move,
    besides changed: [PieceContent]
  ) -> (gone: [Entries], added: [Entries]) {
    let leaving = Set(changed.map(ObjectIdentifier.init))
    var (gone, added): ([Entries], [Entries]) = ([], [])
    for content in files.values.lazy.flatMap(\.contents)
    where !leaving.contains(ObjectIdentifier(content)) {
      let entries = move.names.entries(of: content.identities)
      guard entries != content.entries else { continue }
      gone.append((content, content.entries))
      added.append((content, entries))
    }
    return (gone, added)
  }

  /// What defines names after some changes, in the order of files.
  private func naming(after changes: [Change]) -> [FileIdentities] {
    var after: [GitPath: FileState?] = [:]
    for change in changes {
      if let path = (change.new ?? change.old)?.path { after.updateValue(change.new, forKey: path) }
    }
    let paths = Set(files.keys).union(after.keys).sorted()
    return paths.flatMap { path in
      let file = after[path] ?? files[path]
      return (file?.contents ?? []).filter(\.definesNames).map(\.identities)
    }
  }

  /// Puts a piece in the place of another that declares the same entries; false where it does not.
  private mutating func replace(
    _ old: PieceContent,
    by new: PieceContent,
    names: IdentityContext
  ) -> Bool {
    let entries = names.entries(of: new.identities)
    guard entries.count == old.entries.count,
      entries.keys.allSatisfy({ old.entries[$0] != nil })
    else { return false }
    new.replace(entries)
    holders.replace(old, by: new)
    return true
  }
}

extension FolderState {
  /// Every entry that is declared.
  var entries: Set<EntryKey> { holders.keys }

  /// The roles by which a membership is declared; empty where it is declared itself.
  func roles(giving key: EntryKey) -> Set<Resource> {
    guard case .grant(let grant) = key, case .group(let group) = grant.resource else { return [] }
    let roles = names.roles(via: group)
    let names = IdentityContext(CollectionOfOne(names.names.withoutVia))
    let isNamed =
      !roles.isEmpty && holders[key].contains { names.entries(of: $0.identities)[key] != nil }
    return isNamed
      ? []
      : roles.filter {
        holders.count(of: .grant(GrantKey(guest: grant.guest, resource: $0))) > 0
      }
  }

  /// What is said about an entry that is one of its own.
  func statements(about key: EntryKey) -> Set<PieceContent.Statement> {
    let statements = holders[key].flatMap { $0.statements(names) }
    return Set(statements.lazy.filter { $0.key == key }.map(\.statement))
  }

  /// What is said of the addresses that are to be removed.
  var removals: [(guest: EmailAddress, statement: PieceContent.Statement)] {
    files.values.flatMap { $0.contents.flatMap(\.removals) }
  }

  /// Where entries stand, of several places the first in the order of files and lines.
  func places(of keys: [EntryKey]) -> [EntryKey: SourcePlace] {
    var places: [EntryKey: SourcePlace] = [:]
    var lines: [GitPath: [ObjectIdentifier: Int]] = [:]
    for key in keys {
      for content in holders[key] {
        guard let entry = content.entries[key], let file = files[content.path] else { continue }
        let above: Int?
        if keys.count <= 16 {
          above = file.line(of: content)
        } else {
          // Many at once are worth a table, or the time would grow with the square of the file.
          if lines[content.path] == nil { lines[content.path] = file.lines() }
          above = lines[content.path]?[ObjectIdentifier(content)]
        }
        let place = SourcePlace(
          file: content.path.description,
          line: (above ?? 0) + entry.line,
          column: entry.column
        )
        places[key] = min(places[key] ?? place, place)
      }
    }
    return places
  }
}

// Resuming where an earlier walk ended.
extension FolderState {
  /// What an earlier walk says about the state it ended with, besides which entries stand.
  struct Standing: Equatable {
    var names: DeclaredNames
    var tenant: TenantID?
    /// The entries that stand in more than one file, with the number of files.
    var several: [EntryKey: Int]
  }

  /// What it takes to resume here.
  var standing: Standing {
    Standing(names: names.names, tenant: tenant, several: holders.several)
  }

  /// True once a file turned out not to be what the earlier walk said.
  var isContradicted: Bool { holders.unread.isContradicted }

  /// Reads every file that has not been read.
  mutating func readAll(in repository: Repository) throws(GitError) {
    guard isPartial else { return }
    for change in try repository.changes(from: nil, to: tree)
    where SourceFile.isDeclaration(change.path.description) {
      _ = try standing(TreeChange(path: change.path, old: change.new, new: nil), in: repository)
    }
    let naming = naming(after: [])
    let isExplained =
      IdentityContext(naming.lazy.map(\.names)) == names
      && naming.lazy.compactMap(\.tenant).first == tenant
    holders.endUnread(isExplained: isExplained)
    isPartial = false
  }

  /// The version of a file that stands; read now where it has not been.
  private mutating func standing(
    _ change: TreeChange,
    in repository: Repository
  ) throws(GitError) -> FileState? {
    if let file = files[change.path] { return file }
    guard isPartial, let old = change.old, old.mode.isFile else { return nil }
    guard case .success(let file) = try read(old, before: nil, in: repository) else {
      holders.endUnread(isExplained: false)
      return nil
    }
    files[change.path] = file
    for content in file.contents { content.replace(names.entries(of: content.identities)) }
    holders.add(unread: file)
    return file
  }
}
