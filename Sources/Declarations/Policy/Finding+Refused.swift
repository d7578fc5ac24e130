internal import Access

extension Finding {
  /// The finding with the policy named that refuses, which is not the one that stands beside the
  /// entry, and with the way out.
  func refused(by policy: String) -> Finding {
    var finding = self
    finding.message += ", by \(policy)"
    finding.suggestion =
      finding.suggestion
      ?? "a change cannot bring its own rule: once the policy is merged, change the entry again"
    return finding
  }
}
