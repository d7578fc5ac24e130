internal import Access
internal import Declarations
internal import Git

/// The walk along a chain, from its oldest commit on.
struct HistoryWalk {
  private let request: HistoryRequest
  private let repository: Repository
  private var history = DeclarationHistory()
  private var range = MergedRange()
  /// One for the folder and for each place where it stood before.
  private var folders: [(path: GitPath, state: FolderState)]
  /// The folder whose entries are the open intervals; `nil` where none names the tenant.
  private var active: Int?
  private var epochs = PolicyEpochs()

  init(request: HistoryRequest, repository: Repository) {
    self.request = request
    self.repository = repository
    let reader = IdentityReader()
    folders = ([request.folder] + request.formerly).map { ($0, FolderState(reader: reader)) }
  }

  /// What was found, and what it takes to go on.
  var memory: HistoryMemory {
    // Only of the folder that is asked first: that another one counts says something about the first,
    // too, and is rare.
    let standing = active == 0 ? folders[0].state.standing : nil
    return HistoryMemory(history: history, seen: range.seen, standing: standing)
  }

  /// True where a file may stand that nobody has read since the walk was resumed.
  var isPartial: Bool { folders.contains { $0.state.isPartial } }

  /// True where what was resumed cannot have been a walk along these commits.
  var isContradicted: Bool { folders.contains { $0.state.isContradicted } }

  /// Takes up an earlier walk where it ended.
  mutating func resume(_ memory: HistoryMemory) throws(GitError) {
    history = memory.history
    epochs = PolicyEpochs(after: history.policyEpochs)
    range = MergedRange(seen: memory.seen)
    // What stood at the end is what the last commit that could be read declares.
    let step = history.chain.lastIndex { if case .unreadable = $0.reading { false } else { true } }
    guard let step, let id = ObjectID(hex: history.chain[step].commit.hex) else { return }
    let commit = try repository.commit(id, verification: .none)
    if let standing = memory.standing {
      let tree = try repository.folder(request.folder, in: commit, verification: .none)
      let open = history.intervals.lazy.filter { $0.value.last?.closed == nil }.map(\.key)
      let reader = IdentityReader()
      folders[0].state = FolderState(resuming: standing, open: open, at: tree, reader: reader)
      active = 0
      return epochs.stand(at: step, folder: active)
    }
    let (_, moves) = try judge(commit)
    for (index, move) in moves { _ = folders[index].state.take(move) }
    active = history.chain[step].reading == .declares ? moves.last?.index : nil
    epochs.stand(at: step, folder: active)
  }

  /// Moves on along the chain, oldest commit first.
  mutating func advance(through ids: [ObjectID]) throws(GitError) {
    var rest = ids[...]
    // Some at a time, as many as make about the memory that is meant for it.
    var count = 64
    while !rest.isEmpty {
      var commits: [Commit] = []
      var trees = [folders[0].state.tree]
      for id in rest.prefix(count) {
        let commit = try repository.commit(id, verification: .none)
        commits.append(commit)
        trees.append(try repository.folder(request.folder, in: commit, verification: .none))
      }
      let read = try repository.readAhead(along: trees, limit: Self.memoryAhead) {
        SourceFile.isDeclaration($0.description)
      }
      for commit in commits { try advance(to: commit) }
      rest = rest.dropFirst(count)
      let perStep = max(1, read.bytes / max(1, commits.count))
      count = min(max(16, Self.memoryAhead * 3 / 4 / perStep), 512)
    }
  }

  /// The bytes of blobs that are read before they are asked for.
  private static let memoryAhead = 24 << 20

  private mutating func advance(to commit: Commit) throws(GitError) {
    var step = try StepReader.step(commit)
    if history.chain.isEmpty { history.isShallow = commit.isBoundary }
    let brought = try range.advance(to: commit, in: repository)
    let (reading, moves) = try judge(commit)
    step.reading = reading
    let epoch = try epoch(of: commit, reading, moves)
    history.chain.append(step)
    history.policyEpochs.append(epoch)
    switch reading {
    case .unreadable: break
    case .foreign: try leave(moves)
    case .declares:
      guard let (index, move) = moves.last else { return }
      for (index, move) in moves.dropLast() { _ = folders[index].state.take(move) }
      let names = folders[index].state.names
      let taken = try enter(index, move)
      let causes = try causes(of: taken, by: move, from: names, among: brought, in: folders[index])
      try record(taken, causes, in: folders[index].state)
    }
  }

  /// The commits inside a merge that made its changes.
  private func causes(
    of taken: FolderState.Taken,
    by move: FolderState.Move,
    from names: IdentityContext,
    among brought: [Commit],
    in folder: (path: GitPath, state: FolderState)
  ) throws(GitError) -> Attribution.Causes {
    guard !brought.isEmpty else { return Attribution.Causes() }
    var attribution = Attribution(
      folder: folder.path,
      state: folder.state,
      move: move,
      before: names,
      repository: repository
    )
    return try attribution.causes(of: taken, among: brought)
  }

  private typealias Moves = [(index: Int, move: FolderState.Move)]

  /// What a commit is worth, with the moves of the folders that were asked; of a commit that counts,
  /// the last one is that of the folder which names the tenant.
  private mutating func judge(
    _ commit: Commit
  ) throws(GitError) -> (reading: HistoryStep.Reading, moves: Moves) {
    var moves: Moves = []
    for index in folders.indices {
      let tree = try repository.folder(folders[index].path, in: commit, verification: .none)
      switch try folders[index].state.prepare(tree, in: repository) {
      case .unreadable(let reason): return (.unreadable(reason), [])
      case .move(let move):
        moves.append((index, move))
        if move.tenant == request.tenant { return (.declares, moves) }
      }
    }
    return (.foreign, moves)
  }

  /// The number of a commit's policy, before the commit is on the chain.
  private mutating func epoch(
    of commit: Commit,
    _ reading: HistoryStep.Reading,
    _ moves: Moves
  ) throws(GitError) -> Int {
    switch reading {
    case .declares, .foreign:
      return epochs.add(
        folder: reading == .declares ? moves.last?.index : nil,
        isChanged: moves.contains { $0.move.changesPolicy }
      )
    case .unreadable:
      return epochs.addUnreadable(isSame: try hasSameFolders(as: history.chain.last, commit))
    }
  }

  /// Whether the folders of a commit are those of a step.
  private func hasSameFolders(
    as step: HistoryStep?,
    _ commit: Commit
  ) throws(GitError) -> Bool {
    guard let step, let id = ObjectID(hex: step.commit.hex) else { return false }
    let before = try repository.commit(id, verification: .none)
    for (path, _) in folders {
      let old = try repository.folder(path, in: before, verification: .none)
      let new = try repository.folder(path, in: commit, verification: .none)
      guard old == new else { return false }
    }
    return true
  }

  /// Nothing is declared here any longer.
  private mutating func leave(_ moves: Moves) throws(GitError) {
    if let active {
      try folders[active].state.readAll(in: repository)
      let state = folders[active].state
      let edge = history.chain.count - 1
      for (key, place) in state.places(of: Array(state.entries)) {
        close(key, DeclaredInterval.Edge(step: edge, place: place))
      }
    }
    for (index, move) in moves { _ = folders[index].state.take(move) }
    history.removals = [:]
    active = nil
  }

  /// Moves a folder, which from now on is the one that counts.
  private mutating func enter(
    _ index: Int,
    _ move: FolderState.Move
  ) throws(GitError) -> FolderState.Taken {
    defer { active = index }
    if active == index { return folders[index].state.take(move) }
    if let active { try folders[active].state.readAll(in: repository) }
    // Another folder counts than before, so everything in both is compared.
    let before = active.map { folders[$0].state }
    _ = folders[index].state.take(move)
    let after = folders[index].state
    let (old, new) = (before?.entries ?? [], after.entries)
    return FolderState.Taken(
      opened: Array(new.subtracting(old)),
      closed: before?.places(of: Array(old.subtracting(new))) ?? [:],
      changed: new.filter { key in
        let says = after.statements(about: key)
        return !says.isEmpty && says != before?.statements(about: key)
      },
      removals: RemovalChanges(from: before?.removals ?? [], to: after.removals)
    )
  }

  private mutating func record(
    _ taken: FolderState.Taken,
    _ causes: Attribution.Causes,
    in state: FolderState
  ) throws(GitError) {
    let step = history.chain.count - 1
    for (key, place) in taken.closed {
      let inner = try inner(causes.closed[key])
      close(key, DeclaredInterval.Edge(step: step, inner: inner, place: place))
    }
    let places = state.places(of: taken.opened)
    for key in taken.opened {
      let inner = try inner(causes.opened[key])
      let edge = DeclaredInterval.Edge(step: step, inner: inner, place: places[key])
      history.intervals.open(
        key,
        at: edge,
        isBoundary: step == 0 && history.isShallow,
        via: state.roles(giving: key)
      )
    }
    for key in taken.changed { history.changed[key] = step }
    for guest in taken.removals.ended { history.removals[guest] = nil }
    for guest in taken.removals.changed { history.removals[guest] = step }
  }

  private mutating func close(_ key: EntryKey, _ edge: DeclaredInterval.Edge) {
    history.changed[key] = nil
    history.intervals.close(key, at: edge)
  }

  private mutating func inner(_ commit: Commit?) throws(GitError) -> CommitID? {
    guard let commit else { return nil }
    let merged = try StepReader.merged(commit)
    history.merged[merged.commit] = merged
    return merged.commit
  }
}
