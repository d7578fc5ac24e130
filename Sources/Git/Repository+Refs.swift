// Names that lead to commits.
extension Repository {
  /// The commit from which the tenant is written: `refs/remotes/origin/<ref>` where that exists,
  /// else `refs/heads/<ref>`, whatever `HEAD` is (DESIGN section 5).
  ///
  /// The branch may be given with or without `refs/heads/`.
  /// - Throws: `refNotFound`, `invalidName`, `notACommit`, `objectMissing`.
  package func configuredRef(_ ref: String) throws(GitError) -> ResolvedRef {
    let branch = ref.hasPrefix("refs/heads/") ? String(ref.dropFirst("refs/heads/".count)) : ref
    for name in ["refs/remotes/origin/\(branch)", "refs/heads/\(branch)"] {
      if let commit = try commit(ofRef: name) { return ResolvedRef(name: name, commit: commit) }
    }
    throw GitError(headBranch == "refs/heads/\(branch)" ? .unborn(branch) : .refNotFound(branch))
  }

  /// The commit that a revision names: a ref by its whole or its short name, a hash or the
  /// beginning of one, `HEAD`, or an expression over these (`main~2`).
  ///
  /// Git takes a name that is a tag and a branch at once for the tag, with a warning; here it is
  /// an error, because access hangs on it.
  /// - Throws: `refNotFound`, `unborn`, `ambiguous`, `invalidName`, `notACommit`, `objectMissing`.
  package func resolve(_ revision: String) throws(GitError) -> ResolvedRef {
    guard !revision.utf8.contains(0), !revision.isEmpty
    else { throw GitError(.invalidName(revision)) }
    if revision == "HEAD" || revision.hasPrefix("refs/") {
      if let commit = try commit(ofRef: revision) {
        return ResolvedRef(name: revision, commit: commit)
      }
      if revision == "HEAD" { throw GitError(.unborn(headBranch ?? revision)) }
    }
    var found: [ResolvedRef] = []
    for prefix in ["refs/tags/", "refs/heads/", "refs/remotes/"] {
      guard let commit = try? commit(ofRef: prefix + revision) else { continue }
      found.append(ResolvedRef(name: prefix + revision, commit: commit))
    }
    if let first = found.first {
      guard Set(found.map(\.commit)).count == 1
      else { throw GitError(.ambiguous(revision, candidates: found.compactMap(\.name))) }
      return first
    }
    return ResolvedRef(name: nil, commit: try commit(ofExpression: revision))
  }
}
