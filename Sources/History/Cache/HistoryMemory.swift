internal import Access
internal import Git

/// A history together with what it takes to go on with it.
struct HistoryMemory: Equatable {
  var history: DeclarationHistory
  /// Every commit that the chain has, itself included.
  var seen: Set<ObjectID>
}
