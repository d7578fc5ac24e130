package import Access

/// What a change loosens of the rules, and which of the entries that it changes only a loosened
/// rule lets pass (DESIGN section 4).
///
/// What is new (a partner, a bundle, an alias, a path) loosens nothing. What cannot be ordered
/// counts as loosened: anyone who reads the report decides.
package struct PolicyLoosening: Sendable {
  /// What is allowed now and was not, each in a few words, in a fixed order.
  package let rules: [String]
  /// Entries that the rules of the base refuse, with what they said.
  package let uses: [EntryKey: String]
  private let useFindings: FindingSink

  /// Compares a commit with an earlier state; nothing is loosened where that one cannot be used.
  package init(from base: DeclarationReading, to head: DeclarationReading, now: Moment?) {
    guard base.isUsable, let old = base.policy, let new = head.policy else {
      (rules, uses) = ([], [:])
      useFindings = FindingSink(limit: 0)
      return
    }
    rules = Self.rules(old, new)
    var search = LooseningUse(base: base, policy: old, now: now)
    if let desired = head.desired { search.look(at: desired) }
    uses = search.uses
    useFindings = search.sink
  }

  /// A warning for each rule and for each use, rules first.
  package var findings: [Finding] {
    rules.map { Finding(DeclarationRule.loosened.code, .warning, "high risk: \($0)") }
      + useFindings.findings.sorted { Finding.precedes($0, $1) }
  }

  private static func rules(_ base: Policy, _ head: Policy) -> [String] {
    var parts: [String] = []
    func note(_ isLooser: Bool, _ words: String) { if isLooser { parts.append(words) } }
    note(
      !base.tenant.domains.subtracting(head.tenant.domains).isEmpty,
      "fewer domains are the tenant's own"
    )
    note(base.lifecycle.block && !head.lifecycle.block, "removed guests are no longer blocked")
    note(
      base.lifecycle.drift == .restore && head.lifecycle.drift == .report,
      "grants removed outside Guestlist are no longer restored"
    )
    parts += guards(base.limits, head.limits)
    note(isLooser(base.authority, head.authority), "`authority` of a path covers more")
    note(
      base.trust.requirement == .range && head.trust.requirement == .none,
      "commits no longer need a signature"
    )
    for signer in Set(head.trust.signers).subtracting(base.trust.signers).sorted() {
      parts.append("`\(signer)` may sign")
    }
    note(
      base.separations.contains { old in !head.separations.contains { $0.isSubset(of: old) } },
      "a separation of duties is gone"
    )
    parts += exceptions(base, head)
    for (name, partner) in head.partners.partners.sorted(by: { $0.key < $1.key }) {
      guard let before = base.partners[name] else { continue }
      parts += rules(of: partner, before: before)
    }
    return parts
  }

  private static func guards(_ base: GuardLimits, _ head: GuardLimits) -> [String] {
    let numbers: [(String, KeyPath<GuardLimits, Int>)] = [
      ("guards.removals.guests", \.removedGuests), ("guards.removals.percent", \.removedPercent),
      ("guards.removals.floor", \.removedFloor), ("guards.expiries.guests", \.expiredGuests),
      ("guards.invitations.guests", \.invitedGuests), ("guards.grants.count", \.grants),
      ("guards.identityChanges.guests", \.identityChanges),
    ]
    var parts = numbers.compactMap { name, number in
      head[keyPath: number] > base[keyPath: number]
        ? "`\(name)` rose from \(base[keyPath: number]) to \(head[keyPath: number])" : nil
    }
    if base.loosened == .hold, head.loosened == .report {
      parts.append("`guards.loosened` no longer holds anything back")
    }
    for address in base.protected.subtracting(head.protected).sorted() {
      parts.append("`\(address)` is no longer protected")
    }
    return parts
  }

  private static func isLooser(_ base: Authority?, _ head: Authority?) -> Bool {
    guard let base else { return false }
    guard let head else { return true }
    return base.rules.contains { old in
      guard let new = head.rules.first(where: { $0.glob == old.glob }) else { return true }
      return new.anyPartner && !old.anyPartner
        || !old.anyPartner && !new.partners.isSubset(of: old.partners)
        || !new.allowance.isWithin(old.allowance)
    }
  }

  private static func exceptions(_ base: Policy, _ head: Policy) -> [String] {
    head.exceptions.compactMap { exception in
      let before = base.exceptions.first {
        $0.guest == exception.guest && $0.rule == exception.rule
      }
      if let before, before.until >= exception.until { return nil }
      return "`\(exception.guest)` is excepted from `\(exception.rule.rawValue)` until "
        + exception.until.lastDay
    }
  }

  private static func rules(of head: PartnerPolicy, before base: PartnerPolicy) -> [String] {
    let name = "partner `\(head.partner.name)`"
    var parts: [String] = []
    for domain in Set(head.partner.domains).subtracting(base.partner.domains).sorted() {
      parts.append("\(name) has the domain `\(domain)`")
    }
    if let old = base.allows, !(head.allows.map { $0.isWithin(old) } ?? false) {
      parts.append("\(name) is allowed more")
    }
    if let old = base.stay, head.stay.map({ $0 > old }) ?? true {
      parts.append("guests of \(name) may stay longer")
    }
    if let old = base.guestLimit, head.guestLimit.map({ $0 > old }) ?? true {
      parts.append("\(name) may have more guests")
    }
    let dropped = base.requires.subtracting(head.requires).map(\.rawValue).sorted()
    if !dropped.isEmpty {
      let list = dropped.map { "`\($0)`" }.joined(separator: ", ")
      parts.append("\(name) no longer requires \(list)")
    }
    return parts
  }
}

extension Allowance {
  /// Whether another allowance gives everything that this one does.
  fileprivate func isWithin(_ other: Allowance) -> Bool {
    guard !anyApp || other.anyApp, !anyGroup || other.anyGroup, !anyPackage || other.anyPackage
    else { return false }
    let areRolesWithin =
      other.anyApp
      || roles.allSatisfy { app, roles in
        guard let allowed = other.roles[app] else { return false }
        guard let allowed else { return true }
        return roles.map { $0.isSubset(of: allowed) } ?? false
      }
    return areRolesWithin && (other.anyGroup || groups.isSubset(of: other.groups))
      && (other.anyPackage || packages.isSubset(of: other.packages))
  }
}
