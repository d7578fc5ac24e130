package import Access

/// What a change loosens of the rules, and which of the entries that it changes only a loosened
/// rule lets pass (DESIGN section 4).
///
/// What is new (a partner, a bundle, an alias, a path) loosens nothing. What cannot be compared
/// counts as loosened: the reader of the report decides.
package struct PolicyLoosening: Sendable {
  /// What is allowed now and was not, in a fixed order.
  let loosened: [LoosenedRule]
  /// Entries that the rules of the base refuse, with what they said.
  package let uses: [EntryKey: String]
  private let useFindings: FindingSink

  /// Compares a commit with an earlier state; nothing is loosened where that one cannot be used.
  package init(from base: DeclarationReading, to head: DeclarationReading, now: Moment?) {
    guard base.isUsable, let old = base.policy, let new = head.policy else {
      (loosened, uses) = ([], [:])
      useFindings = FindingSink(limit: 0)
      return
    }
    loosened = Self.rules(old, new)
    var search = LooseningUse(base: base, policy: old, now: now)
    if let desired = head.desired { search.look(at: desired) }
    uses = search.uses
    useFindings = search.sink
  }

  /// What is allowed now and was not, each in a few words, in a fixed order.
  package var rules: [String] { loosened.map(\.words) }

  /// A warning for each rule and for each use, rules first.
  package var findings: [Finding] {
    rules.map { Finding(DeclarationRule.loosened.code, .warning, "high risk: \($0)") }
      + useFindings.findings.sorted { Finding.precedes($0, $1) }
  }

  private static func rules(_ base: Policy, _ head: Policy) -> [LoosenedRule] {
    var parts: [LoosenedRule] = []
    func note(_ isLooser: Bool, _ setting: String, _ words: String) {
      if isLooser { parts.append(LoosenedRule(words, setting)) }
    }
    note(
      !base.tenant.domains.subtracting(head.tenant.domains).isEmpty,
      "tenant.domains",
      "fewer domains are the tenant's own"
    )
    note(
      base.lifecycle.block && !head.lifecycle.block,
      "lifecycle.block",
      "removed guests are no longer blocked"
    )
    note(
      base.lifecycle.drift == .restore && head.lifecycle.drift == .report,
      "lifecycle.drift",
      "grants removed outside Guestlist are no longer restored"
    )
    parts += guards(base.limits, head.limits)
    parts += authority(base.authority, head.authority)
    note(
      base.trust.requirement == .range && head.trust.requirement == .none,
      "trust.require",
      "commits no longer need a signature"
    )
    for signer in Set(head.trust.signers).subtracting(base.trust.signers).sorted() {
      parts.append(LoosenedRule("`\(signer)` may sign", "trust.signers", .added))
    }
    note(
      base.separations.contains { old in !head.separations.contains { $0.isSubset(of: old) } },
      "rules.separation",
      "a separation of duties is gone"
    )
    parts += exceptions(base, head)
    for (name, partner) in head.partners.partners.sorted(by: { $0.key < $1.key }) {
      guard let before = base.partners[name] else { continue }
      parts += rules(of: partner, before: before)
    }
    return parts
  }

  private static func guards(_ base: GuardLimits, _ head: GuardLimits) -> [LoosenedRule] {
    let numbers: [(String, KeyPath<GuardLimits, Int>)] = [
      ("guards.removals.guests", \.removedGuests), ("guards.removals.percent", \.removedPercent),
      ("guards.removals.floor", \.removedFloor), ("guards.expiries.guests", \.expiredGuests),
      ("guards.invitations.guests", \.invitedGuests), ("guards.grants.count", \.grants),
      ("guards.identityChanges.guests", \.identityChanges),
    ]
    var parts = numbers.compactMap { name, number -> LoosenedRule? in
      let (old, new) = (base[keyPath: number], head[keyPath: number])
      return new > old ? LoosenedRule("`\(name)` rose from \(old) to \(new)", name, .itself) : nil
    }
    if base.loosened == .hold, head.loosened == .report {
      parts.append(
        LoosenedRule("`guards.loosened` no longer holds anything back", "guards.loosened", .itself)
      )
    }
    for address in base.protected.subtracting(head.protected).sorted() {
      parts.append(
        LoosenedRule("`\(address)` is no longer protected", "guards.protected", .removed)
      )
    }
    return parts
  }

  private static func authority(_ base: Authority?, _ head: Authority?) -> [LoosenedRule] {
    guard let base else { return [] }
    guard let head else {
      return [LoosenedRule("`authority` no longer limits any path", "authority")]
    }
    return base.rules.filter { old in
      guard let new = head.rules.first(where: { $0.glob == old.glob }) else { return true }
      return new.anyPartner && !old.anyPartner
        || !old.anyPartner && !new.partners.isSubset(of: old.partners)
        || !new.allowance.isWithin(old.allowance)
    }
    .map { old in
      let path = old.glob.text
      return LoosenedRule("`authority` of `\(path)` covers more", "authority.\(path)")
    }
  }

  private static func exceptions(_ base: Policy, _ head: Policy) -> [LoosenedRule] {
    head.exceptions.compactMap { exception in
      let before = base.exceptions.first {
        $0.guest == exception.guest && $0.rule == exception.rule
      }
      if let before, before.until >= exception.until { return nil }
      return LoosenedRule(
        "`\(exception.guest)` is excepted from `\(exception.rule.rawValue)` until "
          + exception.until.lastDay,
        "exceptions",
        .added
      )
    }
  }

  private static func rules(
    of head: PartnerPolicy,
    before base: PartnerPolicy
  ) -> [LoosenedRule] {
    let name = "partner `\(head.partner.name)`"
    let path = "partners.\(head.partner.name)"
    var parts: [LoosenedRule] = []
    for domain in Set(head.partner.domains).subtracting(base.partner.domains).sorted() {
      parts.append(LoosenedRule("\(name) has the domain `\(domain)`", "\(path).domains", .added))
    }
    if let old = base.allows, !(head.allows.map { $0.isWithin(old) } ?? false) {
      parts.append(LoosenedRule("\(name) is allowed more", "\(path).allows"))
    }
    if let old = base.stay, head.stay.map({ $0 > old }) ?? true {
      parts.append(LoosenedRule("guests of \(name) may stay longer", "\(path).limits.stay"))
    }
    if let old = base.guestLimit, head.guestLimit.map({ $0 > old }) ?? true {
      parts.append(LoosenedRule("\(name) may have more guests", "\(path).limits.guests"))
    }
    let dropped = base.requires.subtracting(head.requires).map(\.rawValue).sorted()
    if !dropped.isEmpty {
      let list = dropped.map { "`\($0)`" }.joined(separator: ", ")
      parts.append(
        LoosenedRule("\(name) no longer requires \(list)", "\(path).requires", .removed)
      )
    }
    return parts
  }
}

/// A rule that allows more than before.
struct LoosenedRule: Hashable, Sendable {
  /// What it allows, in a few words.
  var words: String
  /// The path of the setting that says so.
  var setting: String
  /// How much of what changed in the setting the words tell.
  var tells: Extent

  enum Extent: Hashable, Sendable {
    /// All of it.
    case itself
    /// That it allows more, and not what.
    case outline
    /// One item that is added, or removed.
    case added, removed
  }

  init(_ words: String, _ setting: String, _ tells: Extent = .outline) {
    self.words = words
    self.setting = setting
    self.tells = tells
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
