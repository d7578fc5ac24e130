/// How a commit stands to the chain of a tip.
package enum ChainStanding: Hashable, Sendable {
  /// It is on the first-parent chain.
  case onChain
  /// The tip has it as an ancestor, but on the side of a merge: the branch was re-parented, by a
  /// merge the wrong way round or by the merge of an older branch into a newer one.
  case aside
  /// The tip does not have it: the branch was rewritten or reset.
  case absent
  /// The clone is shallow, and it may lie below the boundary.
  case unknown
}
