internal import Access

/// The apps and groups from which an assignment that nobody declared is taken.
struct Exclusivity: Sendable {
  private let apps: Set<AppID>
  private let groups: Set<GroupID>

  init(_ catalog: Catalog, at moment: Moment) {
    apps = Set(
      catalog.apps.values.filter { $0.exclusiveFrom.map { $0 <= moment } ?? false }.map(\.id)
    )
    groups = Set(
      catalog.groups.values.filter { $0.exclusiveFrom.map { $0 <= moment } ?? false }.map(\.id)
    )
  }

  func covers(_ resource: Resource) -> Bool {
    switch resource {
    case .appRole(let id, _): apps.contains(id)
    case .group(let id): groups.contains(id)
    case .package: false
    }
  }
}
