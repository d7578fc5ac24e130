internal import Access
internal import Declarations
internal import Git

/// What a folder declares after a commit, moved on from one commit to the next at the cost of the
/// files that changed.
struct FolderState {
  private let files: FileVersions
  /// The tree that the state is of; `nil` before the folder exists.
  private(set) var tree: ObjectID?
  private var standing: [GitPath: (blob: ObjectID, says: FileIdentities)] = [:]
  private var names = IdentityContext([])
  private var declarations: [EntryKey: Declarations] = [:]

  /// How often an entry is declared, by the entry itself and by each role that is given `via` it.
  struct Declarations: Equatable {
    var own = 0
    var roles: [Resource: Int] = [:]

    var isEmpty: Bool { own == 0 && roles.isEmpty }

    /// The roles that give a membership; empty where it is declared itself.
    var via: Set<Resource> { own > 0 ? [] : Set(roles.keys) }

    mutating func count(_ role: Resource?, by change: Int) {
      guard let role else { return own += change }
      let count = (roles[role] ?? 0) + change
      roles[role] = count == 0 ? nil : count
    }
  }

  init(files: FileVersions) { self.files = files }

  /// What the next state would be, ready to be taken.
  struct Move {
    fileprivate var tree: ObjectID?
    fileprivate var changes: [(path: GitPath, old: FileIdentities?, new: FileIdentities?)] = []
    fileprivate var blobs: [GitPath: ObjectID] = [:]
    fileprivate(set) var names: IdentityContext
    fileprivate(set) var tenant: TenantID?
  }

  enum Outcome {
    case move(Move)
    case unreadable(String)
  }

  /// What a move changed of one entry.
  struct Change {
    let key: EntryKey
    var before: Declarations
    var after = Declarations()
    /// Where the entry was, and is, of several places the first.
    var places: (old: SourcePlace?, new: SourcePlace?)
  }

  /// Reads what differs between the tree of the state and another one; the state stays as it is.
  func prepare(_ next: ObjectID?) throws(GitError) -> Outcome {
    files.begin()
    var move = Move(tree: next, names: names)
    let changes: [TreeChange]
    do throws(GitError) {
      changes = try files.repository.changes(from: tree, to: next)
    } catch {
      // Such a folder could not be applied, and must not end the history.
      guard error.isTooMuch else { throw error }
      return .unreadable("\(error)")
    }
    for change in changes where SourceFile.isDeclaration(change.path.description) {
      var read: FileIdentities?
      if let new = change.new, new.mode.isFile {
        do throws(GitError) { read = try files.identities(of: new.id) } catch {
          guard error.isTooMuch else { throw error }
          return .unreadable("\(change.path): \(error)")
        }
        if let fault = read?.fault {
          return .unreadable("\(SourcePlace(change.path.description, fault)) is not readable")
        }
        move.blobs[change.path] = new.id
      }
      move.changes.append((change.path, standing[change.path]?.says, read))
    }
    if move.changes.contains(where: { $0.old?.names != $0.new?.names }) {
      var naming = standing.compactMapValues { $0.says.names.isEmpty ? nil : $0.says.names }
      for change in move.changes { naming[change.path] = change.new?.names }
      move.names = IdentityContext(naming.sorted { $0.key < $1.key }.lazy.map(\.value))
    }
    let tenants =
      standing.filter { path, file in
        file.says.tenant != nil && !move.changes.contains { $0.path == path }
      }
      .map { ($0.key, $0.value.says.tenant) } + move.changes.map { ($0.path, $0.new?.tenant) }
    move.tenant = tenants.sorted { $0.0 < $1.0 }.lazy.compactMap(\.1).first
    return .move(move)
  }

  /// Takes a move, and yields every entry that is declared more or less often than before, and
  /// every date of a guest that was not written before.
  mutating func take(_ move: Move) -> (changes: [Change], dates: [FileIdentities.Person]) {
    var touched: [EntryKey: Change] = [:]
    var dates: [FileIdentities.Person] = []
    var renamed = move.names == names ? nil : NameChanges(from: names, to: move.names)
    for change in move.changes {
      let path = change.path.description
      let (gone, added) = Self.difference(change.old, change.new) { old, new in
        guard renamed?.concern(old) == true else { return }
        withdraw(old, in: path, &touched)
        declare(new, in: path, with: move.names, &touched)
      }
      for person in gone { withdraw(person, in: path, &touched) }
      for person in added {
        declare(person, in: path, with: move.names, &touched)
        if person.reviewed != nil || person.returned != nil { dates.append(person) }
      }
      standing[change.path] = nil
    }
    if renamed != nil {
      for (path, file) in standing {
        let path = path.description
        for person in file.says.people where renamed?.concern(person) == true {
          withdraw(person, in: path, &touched)
          declare(person, in: path, with: move.names, &touched)
        }
      }
    }
    for change in move.changes {
      guard let new = change.new, let blob = move.blobs[change.path] else { continue }
      standing[change.path] = (blob, new)
    }
    (tree, names) = (move.tree, move.names)
    let changes = touched.values.map { change in
      var change = change
      change.after = declarations[change.key] ?? Declarations()
      return change
    }
    return (changes.filter { $0.before != $0.after }, dates)
  }

  private mutating func withdraw(
    _ person: FileIdentities.Person,
    in path: String,
    _ touched: inout [EntryKey: Change]
  ) {
    for entry in names.entries(of: person) {
      touch(entry, by: -1, &touched) { change in
        let place = SourcePlace(path, entry.position)
        change.places.old = min(change.places.old ?? place, place)
      }
    }
  }

  private mutating func declare(
    _ person: FileIdentities.Person,
    in path: String,
    with names: IdentityContext,
    _ touched: inout [EntryKey: Change]
  ) {
    for entry in names.entries(of: person) {
      touch(entry, by: 1, &touched) { change in
        let place = SourcePlace(path, entry.position)
        change.places.new = min(change.places.new ?? place, place)
      }
    }
  }

  private mutating func touch(
    _ entry: IdentityContext.Entry,
    by count: Int,
    _ touched: inout [EntryKey: Change],
    _ note: (inout Change) -> Void
  ) {
    var declared = declarations[entry.key] ?? Declarations()
    note(&touched[entry.key, default: Change(key: entry.key, before: declared, places: (nil, nil))])
    declared.count(entry.via, by: count)
    declarations[entry.key] = declared.isEmpty ? nil : declared
  }

  /// The people that two versions of a file do not share; those that they do are handed over.
  ///
  /// Most changes concern few of the people in a file: what is before and after them is not looked up.
  private static func difference(
    _ old: FileIdentities?,
    _ new: FileIdentities?,
    shared: (_ old: FileIdentities.Person, _ new: FileIdentities.Person) -> Void
  ) -> (gone: [FileIdentities.Person], added: [FileIdentities.Person]) {
    var (before, after) = ((old?.people ?? [])[...], (new?.people ?? [])[...])
    while let first = before.first, let other = after.first, first.saysTheSame(as: other) {
      shared(first, other)
      (before, after) = (before.dropFirst(), after.dropFirst())
    }
    while let last = before.last, let other = after.last, last.saysTheSame(as: other) {
      shared(last, other)
      (before, after) = (before.dropLast(), after.dropLast())
    }
    var gone = Dictionary(grouping: before, by: \.address)
    let added = after.filter { person in
      let same = gone[person.address]?.firstIndex { $0.saysTheSame(as: person) }
      guard let same, let old = gone[person.address]?.remove(at: same) else { return true }
      shared(old, person)
      return false
    }
    return (gone.values.flatMap(\.self), Array(added))
  }
}

extension FolderState {
  /// The versions of the present files.
  var blobs: [ObjectID: FileIdentities] {
    Dictionary(standing.values.map { ($0.blob, $0.says) }) { first, _ in first }
  }

  /// Everything that is declared, as if nothing had been declared before.
  var everything: [Change] {
    var places: [EntryKey: SourcePlace] = [:]
    for (path, file) in standing {
      let path = path.description
      for entry in file.says.people.lazy.flatMap({ names.entries(of: $0) }) {
        let place = SourcePlace(path, entry.position)
        places[entry.key] = min(places[entry.key] ?? place, place)
      }
    }
    return declarations.map { key, declared in
      Change(key: key, before: Declarations(), after: declared, places: (nil, places[key]))
    }
  }

  /// Everybody whose entry has a date.
  var dated: [FileIdentities.Person] {
    standing.values.flatMap { $0.says.people.filter { $0.reviewed != nil || $0.returned != nil } }
  }
}
