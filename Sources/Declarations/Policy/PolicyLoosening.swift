internal import Access

/// What a policy lets that an earlier one did not, part by part.
///
/// What cannot be ordered counts as loosened: whoever reads the report decides. A grown catalog lets
/// nobody in by itself, and what bundles give is in the plan, guest by guest.
package struct PolicyLoosening: Hashable, Sendable {
  /// What is let now, each as a part of a sentence, in a fixed order.
  package let parts: [String]

  package init(from base: Policy, to head: Policy) {
    var parts: [String] = []
    func note(_ isLooser: Bool, _ words: String) { if isLooser { parts.append(words) } }
    note(
      !base.tenant.domains.subtracting(head.tenant.domains).isEmpty,
      "fewer domains are the tenant's own"
    )
    note(base.lifecycle.block && !head.lifecycle.block, "removed guests are no longer blocked")
    note(
      base.lifecycle.drift == .restore && head.lifecycle.drift == .report,
      "grants that another hand takes are no longer given back"
    )
    parts += Self.guards(base.limits, head.limits)
    note(Self.isLooser(base.authority, head.authority), "`authority` of folders changed")
    note(
      base.trust.requirement == .range && head.trust.requirement == .none,
      "commits need no signature any longer"
    )
    for signer in Set(head.trust.signers).subtracting(base.trust.signers).sorted() {
      parts.append("`\(signer)` may sign")
    }
    note(
      base.separations.contains { old in !head.separations.contains { $0.isSubset(of: old) } },
      "a separation of duties is gone"
    )
    parts += Self.exceptions(base, head)
    for (name, partner) in head.partners.partners.sorted(by: { $0.key < $1.key }) {
      parts += Self.partner(partner, before: base.partners[name])
    }
    self.parts = parts
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
    for address in base.protected.subtracting(head.protected).sorted() {
      parts.append("`\(address)` is no longer protected")
    }
    return parts
  }

  private static func isLooser(_ base: Authority?, _ head: Authority?) -> Bool {
    guard let base else { return false }
    return base != head
  }

  private static func exceptions(_ base: Policy, _ head: Policy) -> [String] {
    head.exceptions.compactMap { exception in
      let before = base.exceptions.first {
        $0.guest == exception.guest && $0.rule == exception.rule
      }
      if let before, before.until >= exception.until { return nil }
      return "`\(exception.guest)` is excepted from `\(exception.rule.rawValue)` until "
        + "\(exception.until)"
    }
  }

  private static func partner(_ head: PartnerPolicy, before: PartnerPolicy?) -> [String] {
    let name = "`\(head.partner.name)`"
    guard let base = before else { return ["\(name) is a partner"] }
    var parts: [String] = []
    for domain in Set(head.domains).subtracting(base.domains).sorted() {
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
