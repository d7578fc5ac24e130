internal import Access

extension PlanningOptions {
  /// True if the options leave something out.
  var isPartial: Bool { !targets.isEmpty || !only.isEmpty }

  /// True for an action that `--target` and `--only` let through.
  func includes(_ action: Action) -> Bool {
    let isTarget =
      targets.isEmpty || targets.contains(.guest(action.guest))
      || action.partner.map { targets.contains(.partner($0)) } ?? false
      || action.resource.map { targets.contains(Self.target($0)) } ?? false
    return isTarget && (only.isEmpty || only.contains { $0.includes(action) })
  }

  private static func target(_ resource: Resource) -> Target {
    switch resource {
    case .appRole(let id, _): .app(id)
    case .group(let id): .group(id)
    case .package(let id): .package(id)
    }
  }
}

extension PlanningOptions.Kind {
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
