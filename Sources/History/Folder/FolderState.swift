internal import Access
internal import Declarations
internal import Git

/// What a folder declares after a commit, moved on from one commit to the next at the cost of what
/// changed.
struct FolderState {
  private let reader: IdentityReader
  /// The tree that the state is of; `nil` before the folder exists.
  private var tree: ObjectID?
  private var files: [GitPath: FileState] = [:]
  private(set) var names = IdentityNames([])
  /// For every entry that is declared, the pieces that declare it.
  private var holders: [EntryKey: [PieceContent]] = [:]
  /// Files that were read since the state last moved: a folder that cannot be read for many commits
  /// is not parsed anew for each.
  private var waiting: [TreeFile: Result<FileState, FileState.Unreadable>] = [:]

  init(reader: IdentityReader) { self.reader = reader }

  /// A file before and after a move.
  typealias Change = (old: FileState?, new: FileState?)

  /// What the next state would be, ready to be taken.
  struct Move {
    fileprivate(set) var tree: ObjectID?
    fileprivate(set) var changes: [Change] = []
    fileprivate(set) var names: IdentityNames
    /// True where names mean something else than before, so that every entry may.
    fileprivate(set) var renames = false
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
  }

  /// Reads what differs between the tree of the state and another one; the state stays as it is.
  mutating func prepare(
    _ next: ObjectID?,
    in repository: Repository
  ) throws(GitError) -> Outcome {
    var move = Move(tree: next, names: names)
    guard next != tree else { return .move(move) }
    for change in try repository.changes(from: tree, to: next) {
      guard DeclarationFiles.isDeclaration(change.path) else { continue }
      let old = files[change.path]
      guard let file = change.new, file.mode.isFile else {
        if old != nil { move.changes.append((old, nil)) }
        continue
      }
      switch try read(file, before: old, in: repository) {
      case .success(let new): move.changes.append((old, new))
      case .failure(let unreadable): return .unreadable(unreadable.reason)
      }
    }
    move.renames = move.changes.contains { change in
      let difference = FileState.difference(change.old, change.new)
      return (difference.gone + difference.added).contains { $0.identities.definesNames }
    }
    if move.renames {
      move.names = IdentityNames(naming(after: move.changes))
      if let fault = move.names.fault { return .unreadable(fault) }
    }
    return .move(move)
  }

  /// Reads a version of a file.
  mutating func read(
    _ file: TreeFile,
    before: FileState?,
    in repository: Repository
  ) throws(GitError) -> Result<FileState, FileState.Unreadable> {
    if let read = waiting[file] { return read }
    let bytes = try repository.blob(file.id, verification: .none)
    let result = Result { () throws(FileState.Unreadable) in
      try FileState(path: file.path, blob: file.id, bytes: bytes, before: before, reader: reader)
    }
    waiting[file] = result
    return result
  }

  /// Takes a move.
  mutating func take(_ move: Move) -> Taken {
    var (gone, added): ([Entries], [Entries]) = ([], [])
    for change in move.changes {
      let difference = FileState.difference(change.old, change.new)
      gone += difference.gone.map { ($0, $0.entries) }
      added += difference.added.map { ($0, move.names.entries(of: $0.identities)) }
    }
    if move.renames {
      let renamed = renamed(by: move, besides: gone)
      gone += renamed.gone
      added += renamed.added
    }
    var balance: [EntryKey: Int] = [:]
    for entry in gone.lazy.flatMap(\.entries) { balance[entry.key, default: 0] -= 1 }
    for entry in added.lazy.flatMap(\.entries) { balance[entry.key, default: 0] += 1 }
    var taken = Taken()
    var closed: [EntryKey] = []
    for (key, change) in balance {
      let before = holders[key]?.count ?? 0
      if before > 0, before + change <= 0 { closed.append(key) }
      if before == 0, change > 0 { taken.opened.append(key) }
    }
    taken.closed = places(of: closed)
    for (content, entries) in gone { remove(entries, of: content) }
    for change in move.changes {
      if let path = (change.new ?? change.old)?.path { files[path] = change.new }
    }
    for (content, entries) in added {
      content.replace(entries)
      for entry in entries { holders[entry.key, default: []].append(content) }
    }
    (tree, names, waiting) = (move.tree, move.names, [:])
    return taken
  }

  private typealias Entries = (content: PieceContent, entries: [DeclaredEntry])

  /// The pieces that stay and declare something else under the names of a move.
  private func renamed(
    by move: Move,
    besides changed: [Entries]
  ) -> (gone: [Entries], added: [Entries]) {
    let leaving = Set(changed.map { ObjectIdentifier($0.content) })
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

  /// What defines names after some changes, ordered by file.
  private func naming(after changes: [Change]) -> [(file: String, identities: FileIdentities)] {
    var after: [GitPath: FileState?] = [:]
    for change in changes {
      if let path = (change.new ?? change.old)?.path { after.updateValue(change.new, forKey: path) }
    }
    let paths = Set(files.keys).union(after.keys).sorted()
    return paths.flatMap { path in
      let file = after[path] ?? files[path]
      return (file?.contents ?? []).filter { $0.identities.definesNames }
        .map { (path.description, $0.identities) }
    }
  }

  private mutating func remove(_ entries: [DeclaredEntry], of content: PieceContent) {
    for entry in entries {
      guard let index = holders[entry.key]?.firstIndex(where: { $0 === content }) else { continue }
      holders[entry.key]?.remove(at: index)
      if holders[entry.key]?.isEmpty == true { holders[entry.key] = nil }
    }
  }
}

extension FolderState {
  /// Whether the entry is declared.
  func contains(_ key: EntryKey) -> Bool { holders[key] != nil }

  /// Every entry that is declared.
  var entries: [EntryKey] { Array(holders.keys) }

  /// Where entries stand, of several places the first in the order of files and lines.
  func places(of keys: [EntryKey]) -> [EntryKey: SourcePlace] {
    var places: [EntryKey: SourcePlace] = [:]
    var lines: [GitPath: [ObjectIdentifier: Int]] = [:]
    for key in keys {
      for content in holders[key] ?? [] {
        guard let entry = content.first(key), let file = files[content.path] else { continue }
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
