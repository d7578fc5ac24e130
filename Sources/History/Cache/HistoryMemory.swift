internal import Access
internal import Git

/// A history together with what it takes to go on with it.
struct HistoryMemory: Equatable {
  var history: DeclarationHistory
  /// Every commit that the chain has, itself included.
  var seen: Set<ObjectID>
  /// What the folder declares at the end, where that is simply said.
  var standing: FolderState.Standing?
}
