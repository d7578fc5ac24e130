internal import Access
internal import Declarations
internal import Git

/// The walk along a chain, from its oldest commit on.
struct HistoryWalk {
  private let request: HistoryRequest
  private let repository: Repository
  private(set) var history = DeclarationHistory()
  /// One for the folder and for each of its earlier paths.
  private var folders: [(path: GitPath, state: FolderState)]
  /// The folder whose entries are the open intervals; `nil` where none names the tenant.
  private var active: Int?

  init(request: HistoryRequest, files: FileVersions) {
    self.request = request
    repository = files.repository
    folders = request.folders.map { ($0, FolderState(files: files)) }
  }

  /// The versions of the files that are at the end.
  var standing: [ObjectID: FileIdentities] {
    active.map { folders[$0].state.blobs } ?? [:]
  }

  /// Takes up an earlier walk where it ended; false where the files there do not declare what it
  /// says.
  mutating func resume(_ earlier: DeclarationHistory, at tip: ObjectID) throws(GitError) -> Bool {
    guard let last = earlier.chain.last, last.commit.hex == tip.hex else { return false }
    // What is at the end is what the last commit that could be read declares.
    let readable = earlier.chain.last { if case .unreadable = $0.reading { false } else { true } }
    if let readable, let id = ObjectID(hex: readable.commit.hex) {
      let (reading, moves) = try judge(repository.commit(id))
      guard reading == readable.reading else { return false }
      for (index, move) in moves { _ = folders[index].state.take(move) }
      active = reading == .declares ? moves.last?.index : nil
    }
    let declared = active.map { folders[$0].state.everything } ?? []
    guard
      declared.allSatisfy({ earlier.intervals[$0.key]?.last.map { $0.closed == nil } ?? false }),
      earlier.intervals.lazy.filter({ $0.value.last?.closed == nil }).count == declared.count
    else { return false }
    history = earlier
    return true
  }

  /// Moves on along the chain, oldest commit first.
  mutating func advance(through ids: some Sequence<ObjectID>) throws(GitError) {
    for id in ids {
      let commit = try repository.commit(id)
      var step = try StepReader.step(commit)
      if history.chain.isEmpty { history.isShallow = commit.isBoundary }
      let (reading, moves) = try judge(commit)
      step.reading = reading
      history.chain.append(step)
      switch reading {
      case .unreadable: break
      case .foreign: leave(moves)
      case .declares: enter(moves)
      }
    }
  }

  private typealias Moves = [(index: Int, move: FolderState.Move)]

  /// What a commit is worth, with the moves of the folders that were asked; of a commit that
  /// counts, the last one is that of the folder which names the tenant.
  private func judge(
    _ commit: Commit
  ) throws(GitError) -> (reading: HistoryStep.Reading, moves: Moves) {
    var moves: Moves = []
    for index in folders.indices {
      let tree = try repository.folder(folders[index].path, in: commit)
      switch try folders[index].state.prepare(tree) {
      case .unreadable(let reason): return (.unreadable(reason), [])
      case .move(let move):
        moves.append((index, move))
        if move.tenant == request.tenant { return (.declares, moves) }
      }
    }
    return (.foreign, moves)
  }

  /// Nothing is declared here any longer.
  private mutating func leave(_ moves: Moves) {
    if let active { record(from: folders[active].state.everything, to: []) }
    for (index, move) in moves { _ = folders[index].state.take(move) }
    active = nil
  }

  /// Moves the folders that were asked; the last is the one that counts from now on.
  private mutating func enter(_ moves: Moves) {
    guard let (index, move) = moves.last else { return }
    for (index, move) in moves.dropLast() { _ = folders[index].state.take(move) }
    guard active != index else {
      let (changes, dates) = folders[index].state.take(move)
      record(changes)
      return record(dates)
    }
    // Another folder counts than before, so everything in both is compared.
    let before = active.map { folders[$0].state.everything } ?? []
    _ = folders[index].state.take(move)
    record(from: before, to: folders[index].state.everything)
    record(folders[index].state.dated)
    active = index
  }

  private mutating func record(from old: [FolderState.Change], to new: [FolderState.Change]) {
    var changes = Dictionary(uniqueKeysWithValues: new.map { ($0.key, $0) })
    for change in old {
      changes[
        change.key,
        default: FolderState.Change(key: change.key, before: change.after, places: (nil, nil))
      ]
      .before = change.after
      changes[change.key]?.places.old = change.places.new
    }
    record(changes.values)
  }

  private mutating func record(_ changes: some Sequence<FolderState.Change>) {
    let step = history.chain.count - 1
    for change in changes {
      switch (change.before.isEmpty, change.after.isEmpty) {
      case (true, true): continue
      case (true, false):
        history.intervals.open(
          change.key,
          at: DeclaredInterval.Edge(step: step, place: change.places.new),
          isBoundary: step == 0 && history.isShallow,
          via: change.after.via
        )
      case (false, true):
        history.intervals.close(
          change.key,
          at: DeclaredInterval.Edge(step: step, place: change.places.old)
        )
      case (false, false): history.intervals.extend(change.key, via: change.after.via)
      }
    }
  }

  /// Records the dates that are later than all before.
  private mutating func record(_ people: [FileIdentities.Person]) {
    for person in people {
      for (kind, date) in [
        (DeclaredDate.Kind.reviewed, person.reviewed), (.returned, person.returned),
      ] {
        let known = history.dates[person.address] ?? []
        guard let date, !known.contains(where: { $0.kind == kind && $0.date >= date }) else {
          continue
        }
        history.dates[person.address] =
          known + [DeclaredDate(kind, date, step: history.chain.count - 1)]
      }
    }
  }
}
