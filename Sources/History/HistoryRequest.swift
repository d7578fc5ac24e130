package import Access
package import Git

/// Whose history is asked for.
package struct HistoryRequest: Hashable, Sendable {
  /// The commit that the chain leads to.
  package var tip: ObjectID
  /// The name under which the tip was found, so that what is kept for one ref is not looked for
  /// under another.
  package var ref: String
  package var folder: GitPath
  /// Where the folder stood before, asked in order where the folder does not name the tenant.
  package var formerly: [GitPath]
  /// Commits count only where they name this tenant.
  package var tenant: TenantID

  package init(
    tip: ObjectID,
    ref: String,
    folder: GitPath,
    formerly: [GitPath] = [],
    tenant: TenantID
  ) {
    self.tip = tip
    self.ref = ref
    self.folder = folder
    self.formerly = formerly
    self.tenant = tenant
  }
}
