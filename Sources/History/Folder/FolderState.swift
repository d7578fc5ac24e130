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
  /// For every entry that is declared, the pieces that declare it.
  private var holders: [EntryKey: [PieceContent]] = [:]
  /// Files that were read since the state last moved: a folder that cannot be read for many commits
  /// is not parsed anew for each.
  private var waiting: [TreeFile: Result<FileState, FileState.Unreadable>] = [:]

  /// What no commit of use exceeds, in bytes.
  private static let largestFile = 64 << 20

  /// What stands in files that have not been read since the walk was resumed.
  private var unread = UnreadEntries()
  /// True where there may be files like that.
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
    unread = UnreadEntries(counts.merging(standing.several) { $1 })
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
    if isNaming {
      try readAll(in: repository)
      let naming = naming(after: move.changes)
      move.names = IdentityContext(naming.lazy.map(\.names))
      move.tenant = naming.lazy.compactMap(\.tenant).first
      move.renames = move.names != names
    }
    return .move(move)
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
    taken.changed = Self.changed(changed.gone, names, changed.added, move.names)
    taken.removals = RemovalChanges(
      from: changed.gone.lazy.flatMap(\.removals),
      to: changed.added.lazy.flatMap(\.removals)
    )
    if move.renames {
      let renamed = renamed(by: move, besides: changed.gone)
      gone += renamed.gone
      added += renamed.added
    }
    var balance: [EntryKey: Int] = [:]
    for key in gone.lazy.flatMap(\.entries.keys) { balance[key, default: 0] -= 1 }
    for key in added.lazy.flatMap(\.entries.keys) { balance[key, default: 0] += 1 }
    var closed: [EntryKey] = []
    for (key, change) in balance {
      let before = (holders[key]?.count ?? 0) + unread.count(of: key)
      if before > 0, before + change <= 0 { closed.append(key) }
      if before == 0, change > 0 { taken.opened.append(key) }
    }
    taken.closed = places(of: closed)
    for (content, entries) in gone { remove(entries.keys, of: content) }
    for change in move.changes {
      if let path = (change.new ?? change.old)?.path { files[path] = change.new }
    }
    for (content, entries) in added {
      content.replace(entries)
      for key in entries.keys { holders[key, default: []].append(content) }
    }
    (tree, names, tenant, waiting) = (move.tree, move.names, move.tenant, [:])
    return taken
  }

  private typealias Entries = (content: PieceContent, entries: [EntryKey: SourcePlace])

  /// The entries about which two lots of pieces do not say the same.
  private static func changed(
    _ gone: [PieceContent],
    _ before: IdentityContext,
    _ added: [PieceContent],
    _ after: IdentityContext
  ) -> [EntryKey] {
    var said: [EntryKey: [PieceContent.Statement]] = [:]
    var says: [EntryKey: [PieceContent.Statement]] = [:]
    for (key, statement) in gone.lazy.flatMap({ $0.statements(before) }) {
      said[key, default: []].append(statement)
    }
    for (key, statement) in added.lazy.flatMap({ $0.statements(after) }) {
      says[key, default: []].append(statement)
    }
    return says.filter { key, statements in
      let old = said[key] ?? []
      // One against one is the rule, and nothing has to be hashed for it.
      return statements.count == 1 && old.count <= 1
        ? statements != old : Set(statements) != Set(old)
    }.map(\.key)
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
    for key in entries.keys {
      guard let index = holders[key]?.firstIndex(where: { $0 === old }) else { continue }
      holders[key]?[index] = new
    }
    return true
  }

  private mutating func remove(
    _ keys: some Sequence<EntryKey>,
    of content: PieceContent
  ) {
    for key in keys {
      guard let index = holders[key]?.firstIndex(where: { $0 === content }) else { continue }
      holders[key]?.remove(at: index)
      if holders[key]?.isEmpty == true { holders[key] = nil }
    }
  }
}

extension FolderState {
  /// Every entry that is declared.
  var entries: Set<EntryKey> { Set(holders.keys).union(unread.keys) }

  /// What is said about an entry that is one of its own.
  func statements(about key: EntryKey) -> Set<PieceContent.Statement> {
    let statements = (holders[key] ?? []).flatMap { $0.statements(names) }
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
      for content in holders[key] ?? [] {
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
    var several: [EntryKey: Int] = [:]
    for (key, contents) in holders {
      let count = Set(contents.lazy.map(\.path)).count + unread.count(of: key)
      if count > 1 { several[key] = count }
    }
    for key in unread.keys where unread.count(of: key) > 1 && holders[key] == nil {
      several[key] = unread.count(of: key)
    }
    return Standing(names: names.names, tenant: tenant, several: several)
  }

  /// True once a file turned out not to be what the earlier walk said.
  var isContradicted: Bool { unread.isContradicted }

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
    unread.end(isExplained: isExplained)
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
      unread.end(isExplained: false)
      return nil
    }
    files[change.path] = file
    var keys = Set<EntryKey>()
    for content in file.contents {
      content.replace(names.entries(of: content.identities))
      for key in content.entries.keys {
        holders[key, default: []].append(content)
        keys.insert(key)
      }
    }
    unread.remove(keys)
    return file
  }
}
