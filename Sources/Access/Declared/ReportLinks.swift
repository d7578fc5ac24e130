/// Where reports link to: addresses of a forge with a placeholder.
package struct ReportLinks: Hashable, Sendable {
  /// Holds `{sha}`.
  package var commit: String?
  /// Holds `{number}`.
  package var pull: String?
  /// Holds `{sha}`, `{path}` and `{line}`: a line of a file as it is in a commit.
  package var file: String?

  package init(commit: String? = nil, pull: String? = nil, file: String? = nil) {
    self.commit = commit
    self.pull = pull
    self.file = file
  }
}
