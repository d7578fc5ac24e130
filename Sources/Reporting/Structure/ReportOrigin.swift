internal import Access

/// With what, and by whom, a report was made.
package struct ReportOrigin: Hashable, Sendable {
  /// The version of the program.
  package var version: String
  /// Who ran it, as the environment says (`github-actions`, an account's name); a claim.
  package var runner: String?
  /// The folder of the declarations inside the repository, without a slash at its end.
  ///
  /// Places are printed below it; empty where it is the repository itself.
  package var folder: String

  package init(version: String, runner: String? = nil, folder: String = "desired-state") {
    self.version = version
    self.runner = runner
    self.folder = folder
  }

  /// The version of the shape of every JSON report; grows when a member is taken out or changes
  /// its meaning, and stays when one is added.
  package static let schemaVersion = 1

  /// The file of a place, from the top of the repository.
  func path(of place: SourcePlace) -> String { path(ofFile: place.file) }

  func path(ofFile file: String) -> String { folder.isEmpty ? file : "\(folder)/\(file)" }

  /// `file:line:column`, from the top of the repository.
  func spelled(_ place: SourcePlace) -> String {
    "\(path(of: place)):\(place.line):\(place.column)"
  }
}
