/// What a guest may be given: a role of an app, membership of a group, or an access package.
///
/// Identified by what the directory calls it and not by its alias in the catalog, so that a renamed
/// alias is the same resource (DESIGN section 5).
package enum Resource: Hashable, Sendable, Comparable {
  case appRole(AppID, RoleValue)
  case group(GroupID)
  case package(AccessPackageID)
}
