internal import Access

/// Holds what `removed` names to a policy, entry by entry.
struct RemovalChecker {
  private let policy: Policy

  init(_ policy: Policy) { self.policy = policy }

  /// Every rule of the policy that the entry breaks; the findings have no excerpts.
  func check(_ entry: RemovalEntry) -> [Finding] {
    var findings: [Finding] = []
    if policy.limits.protected.contains(entry.address) {
      findings.append(
        error(
          .protectedIdentity,
          "`\(entry.address)` is protected",
          entry
        )
      )
    }
    if !isAllowed(entry) {
      findings.append(
        error(.authority, "this file has no `authority` over removing `\(entry.address)`", entry)
      )
    }
    return findings
  }

  private func isAllowed(_ entry: RemovalEntry) -> Bool {
    guard let authority = policy.authority else { return true }
    let permission = authority.permission(forFile: entry.place.file)
    if case .everything = permission { return true }
    let partner = policy.partners.partner(ofDomain: entry.address.domain)
    return partner.map { permission.covers($0) } ?? false
  }

  private func error(_ rule: DeclarationRule, _ message: String, _ entry: RemovalEntry) -> Finding {
    Finding(rule.code, .error, message, place: entry.place, scope: .entry(entry.address))
  }
}
