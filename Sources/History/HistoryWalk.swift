internal import Access
internal import Declarations
internal import Git

/// The walk along a chain, from its oldest commit on.
struct HistoryWalk {
  private let request: HistoryRequest
  private let repository: Repository
  private var chain: [HistoryStep] = []
  private var intervals = Intervals()
  private var merged: [CommitID: MergedCommit] = [:]
  private var range = MergedRange()
  private var isShallow = false
  /// One for the folder and for each place where it stood before.
  private var folders: [(path: GitPath, state: FolderState)]
  /// The folder whose entries are the open intervals; `nil` where none names the tenant.
  private var active: Int?

  init(request: HistoryRequest, repository: Repository) {
    self.request = request
    self.repository = repository
    let reader = IdentityReader()
    folders = ([request.folder] + request.formerly).map { ($0, FolderState(reader: reader)) }
  }

  /// What was found, and what it takes to go on.
  func finished() -> HistoryMemory {
    HistoryMemory(
      history: DeclarationHistory(
        chain: chain,
        intervals: intervals.byKey,
        isShallow: isShallow,
        merged: merged
      ),
      seen: range.seen
    )
  }

  /// Moves on to the next commit of the chain.
  mutating func advance(to id: ObjectID) throws(GitError) {
    let commit = try repository.commit(id, verification: .none)
    if chain.isEmpty { isShallow = commit.isBoundary }
    var step = try StepReader.step(commit)
    let brought = try range.advance(to: commit, in: repository)
    let (reading, moves) = try read(commit)
    step.reading = reading.value
    chain.append(step)
    guard reading.moves else { return }
    let change = try apply(moves, active: reading.active)
    try record(change, at: chain.count - 1)
    guard !brought.isEmpty, let index = reading.active, let move = moves[index] else { return }
    _ = move
  }
}
