internal import Access

/// The guards and the lifecycle that hold for a plan: the stricter of what the commit declares and
/// of what the baseline did, the commit of the last whole run (DESIGN section 4, *Policy*).
struct EffectivePolicy: Sendable {
  let limits: GuardLimits
  let lifecycle: Lifecycle
  /// What the commit itself protects; nothing releases it.
  let protectedNow: Set<EmailAddress>
  private let exclusiveApps: Set<AppID>
  private let exclusiveGroups: Set<GroupID>

  init(_ desired: DesiredState, baseline: DesiredState?, at moment: Moment) {
    limits = baseline.map { desired.limits.stricter(than: $0.limits) } ?? desired.limits
    lifecycle = baseline.map { desired.lifecycle.stricter(than: $0.lifecycle) } ?? desired.lifecycle
    protectedNow = desired.limits.protected
    // Where another repository owns the accounts, it declares guests that this one does not know.
    let catalog = desired.tenant.ownsAccounts ? desired.catalog : Catalog()
    let apps = catalog.apps.values.filter { $0.exclusiveFrom.map { $0 <= moment } ?? false }
    let groups = catalog.groups.values.filter { $0.exclusiveFrom.map { $0 <= moment } ?? false }
    exclusiveApps = Set(apps.map(\.id))
    exclusiveGroups = Set(groups.map(\.id)).union(apps.flatMap(\.via.values))
  }

  /// True for an app, its `via` groups included, or a group of which undeclared access is taken,
  /// no matter who gave it.
  func isExclusive(_ resource: Resource) -> Bool {
    switch resource {
    case .appRole(let id, _): exclusiveApps.contains(id)
    case .group(let id): exclusiveGroups.contains(id)
    case .package: false
    }
  }
}

extension GuardLimits {
  /// The lower of each limit, and the addresses that either protects.
  fileprivate func stricter(than other: Self) -> Self {
    var limits = self
    limits.removedGuests = min(removedGuests, other.removedGuests)
    limits.removedPercent = min(removedPercent, other.removedPercent)
    limits.removedFloor = min(removedFloor, other.removedFloor)
    limits.expiredGuests = min(expiredGuests, other.expiredGuests)
    limits.invitedGuests = min(invitedGuests, other.invitedGuests)
    limits.grants = min(grants, other.grants)
    limits.identityChanges = min(identityChanges, other.identityChanges)
    limits.protected = protected.union(other.protected)
    if other.loosened == .hold { limits.loosened = .hold }
    return limits
  }
}

extension Lifecycle {
  fileprivate func stricter(than other: Self) -> Self {
    var lifecycle = self
    lifecycle.resendLimit = min(resendLimit, other.resendLimit)
    if other.drift == .report { lifecycle.drift = .report }
    lifecycle.deleteAfter = Self.longer(deleteAfter, other.deleteAfter)
    return lifecycle
  }

  /// The longer of two graces; `nil` is for ever.
  static func longer(_ one: Moment.Span?, _ other: Moment.Span?) -> Moment.Span? {
    guard let one, let other else { return nil }
    return max(one, other)
  }
}
