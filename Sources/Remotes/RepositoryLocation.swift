/// Where a repository is: on this machine, or somewhere that it has to be fetched from.
package enum RepositoryLocation: Hashable, Sendable {
  /// A path, used as it is.
  case local(String)
  case remote(RemoteURL)

  /// Tells a path from a URL as git does: what has a scheme, or a host before a colon that no slash
  /// precedes, is remote.
  /// - Throws: `unsupportedURL` for a scheme that is not fetched from, and for whatever could be
  ///   taken for an option or for a program to run.
  package init(_ text: String) throws(RemoteError) {
    if let url = try RemoteURL(text) { self = .remote(url) } else { self = .local(text) }
  }
}
