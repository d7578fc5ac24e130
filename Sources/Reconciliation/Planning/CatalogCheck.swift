internal import Access

/// Compares the catalog with the tenant: identifiers that Graph does not find, roles that an app does
/// not have, and names that are not their identifier's.
///
/// A fault stops only what it concerns, which the decisions see for themselves; here it is said once,
/// with its place.
struct CatalogCheck {
  private(set) var findings: [Finding] = []
  private let catalog: Catalog
  private let observed: TenantState

  init(_ input: PlanningInput) {
    catalog = input.desired.catalog
    observed = input.observed
    if let last = input.history.chain.last, last.commit != input.commit {
      findings.append(
        Finding(
          FindingCode(210),
          .error,
          "the history ends at \(last.commit), not at the planned commit: nothing is planned"
        )
      )
    }
    for alias in catalog.apps.keys.sorted() { checkApp(alias) }
    for alias in catalog.groups.keys.sorted() { checkGroup(alias) }
    for alias in catalog.packages.keys.sorted() { checkPackage(alias) }
    checkRoles(input.desired.guests, at: input.moment)
    findings.sort { left, right in
      guard let one = left.place, let other = right.place, one != other else {
        return (left.place == nil ? 0 : 1, left.code) < (right.place == nil ? 0 : 1, right.code)
      }
      return one < other
    }
  }

  private mutating func fault(
    _ code: Int,
    _ message: String,
    _ place: SourcePlace,
    severity: Finding.Severity = .error,
    hint: String? = nil
  ) {
    findings.append(
      Finding(FindingCode(code), severity, message, place: place, hint: hint)
    )
  }

  private mutating func checkName(
    _ code: Int,
    _ name: String?,
    is actual: String,
    _ place: SourcePlace
  ) {
    guard let name, name != actual else { return }
    fault(
      code,
      "the tenant calls `\(name)` by another name",
      place,
      severity: .warning,
      hint: "it is called `\(actual)` there"
    )
  }

  private mutating func checkApp(_ alias: String) {
    guard let app = catalog.apps[alias] else { return }
    guard let seen = observed.apps[app.id] else {
      return fault(201, "the tenant has no app `\(app.id)` (`\(alias)`)", app.place)
    }
    checkName(202, app.name, is: seen.displayName, app.place)
    let values = seen.valuesByRole
    for (role, group) in app.via.sorted(by: { $0.key < $1.key }) {
      guard seen.assignableRole(role) != nil else {
        fault(
          207,
          "app `\(alias)` has no role `\(role)`",
          app.place,
          hint: Self.roles(of: seen)
        )
        continue
      }
      guard observed.groups[group] != nil else {
        fault(203, "the tenant has no group `\(group)` (`via` of `\(alias)`)", app.place)
        continue
      }
      let isGiven = seen.assignments.contains {
        $0.principal == .group(group) && values[$0.role] == role
      }
      if !isGiven {
        fault(
          208,
          "group `\(group)` does not have the role `\(role)` of `\(alias)`",
          app.place,
          severity: .warning
        )
      }
    }
  }

  private mutating func checkGroup(_ alias: String) {
    guard let group = catalog.groups[alias] else { return }
    guard let seen = observed.groups[group.id] else {
      return fault(203, "the tenant has no group `\(group.id)` (`\(alias)`)", group.place)
    }
    checkName(204, group.name, is: seen.displayName, group.place)
    if let obstacle = seen.obstacle {
      fault(
        209,
        "group `\(alias)`: \(obstacle.words)",
        group.place,
        severity: .warning
      )
    }
  }

  private mutating func checkPackage(_ alias: String) {
    guard let package = catalog.packages[alias] else { return }
    guard let seen = observed.packages[package.id] else {
      return fault(
        205,
        "the tenant has no access package `\(package.id)` (`\(alias)`)",
        package.place
      )
    }
    checkName(206, package.name, is: seen.displayName, package.place)
  }

  /// Every role that a grant names must be one that its app gives to users; expired grants are as
  /// if they were not declared.
  private mutating func checkRoles(_ guests: [GuestEntry], at moment: Moment) {
    var checked: Set<Resource> = []
    for guest in guests {
      for grant in guest.grants where !checked.contains(grant.resource) {
        guard !Self.isOver(grant.ends, at: moment), !Self.isOver(guest.ends, at: moment) else {
          continue
        }
        checked.insert(grant.resource)
        guard case .appRole(let id, let role) = grant.resource, let app = observed.apps[id],
          app.assignableRole(role) == nil
        else { continue }
        fault(
          207,
          "the app of `\(grant.spelled)` has no role `\(role)`",
          grant.place,
          hint: Self.roles(of: app)
        )
      }
    }
  }

  private static func isOver(_ ends: [Ending], at moment: Moment) -> Bool {
    Validity.end(ends, counted: nil).map { $0.moment <= moment } ?? false
  }

  private static func roles(of app: ObservedApp) -> String? {
    let values = app.roles.filter(\.isAssignable).map { "`\($0.value)`" }.sorted()
    guard !values.isEmpty else { return "the app has no roles; its default access is `default`" }
    return "the app has \(values.prefix(8).joined(separator: ", "))"
  }
}
