internal import Access

/// The drafts that `--target` and `--only` leave in a plan.
struct Selection {
  /// Positions among the drafts, rising.
  let kept: [Int]

  init(_ options: PlanningOptions, _ drafts: [Draft]) {
    guard !options.targets.isEmpty || !options.only.isEmpty else {
      kept = Array(drafts.indices)
      return
    }
    var isKept = drafts.map { Self.concerns($0.action, options) }
    // What has to wait for something that is left out is left out too; a prerequisite is always
    // drafted before whatever waits for it.
    for (position, draft) in drafts.enumerated()
    where draft.prerequisites.contains(where: { !isKept[$0] }) {
      isKept[position] = false
    }
    kept = drafts.indices.filter { isKept[$0] }
  }

  private static func concerns(_ action: Action, _ options: PlanningOptions) -> Bool {
    let isTarget =
      options.targets.isEmpty || options.targets.contains(.guest(action.guest))
      || action.partner.map { options.targets.contains(.partner($0)) } ?? false
      || action.resource.map { options.targets.contains(Self.target($0)) } ?? false
    return isTarget
      && (options.only.isEmpty || options.only.contains(where: { $0.includes(action) }))
  }

  private static func target(_ resource: Resource) -> PlanningOptions.Target {
    switch resource {
    case .appRole(let id, _): .app(id)
    case .group(let id): .group(id)
    case .package(let id): .package(id)
    }
  }
}

extension PlanningOptions.Kind {
  /// Whether an action is of this kind.
  fileprivate func includes(_ action: Action) -> Bool {
    switch self {
    case .people: action.verb != .grant && action.verb != .revoke
    case .grants: action.verb == .grant
    case .removals:
      switch action.verb {
      case .revoke, .delete, .removeSponsor: true
      case .block: !action.isIncident
      default: false
      }
    }
  }
}
