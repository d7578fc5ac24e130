/// The policy to which a reading holds its entries (DESIGN section 4).
package enum EntryPolicy: Sendable {
  /// That of the same files.
  case own
  /// That of another commit, such as the base of a pull request.
  case other(Policy)
  /// None yet: each entry is held later to the policy of a step of its own, by `PolicyTimeline`.
  case later

  /// The policy; `nil` where the entries are held later.
  func policy(own: Policy) -> Policy? {
    switch self {
    case .own: own
    case .other(let policy): policy
    case .later: nil
    }
  }
}
