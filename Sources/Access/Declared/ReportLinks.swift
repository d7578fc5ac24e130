/// Where reports link to: addresses of a forge with a placeholder.
package struct ReportLinks: Hashable, Sendable {
  /// Holds `{sha}`.
  package var commit: String?
  /// Holds `{number}`.
  package var pull: String?

  package init(commit: String? = nil, pull: String? = nil) {
    self.commit = commit
    self.pull = pull
  }
}
