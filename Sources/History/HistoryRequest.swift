package import Access
package import Git

/// Whose history is asked for.
package struct HistoryRequest: Hashable, Sendable {
  /// The commit that the chain leads to.
  package var tip: ObjectID
  package var folder: GitPath
  /// Earlier paths of the folder, asked in order where the folder does not name the tenant.
  package var formerly: [GitPath]
  /// Commits count only where they name this tenant.
  package var tenant: TenantID

  package init(tip: ObjectID, folder: GitPath, formerly: [GitPath] = [], tenant: TenantID) {
    self.tip = tip
    self.folder = folder
    self.formerly = formerly
    self.tenant = tenant
  }

  /// The folder and its earlier paths, in the order in which they are asked.
  var folders: [GitPath] { [folder] + formerly }
}
