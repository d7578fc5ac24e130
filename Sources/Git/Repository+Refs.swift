internal import CGit2

/// A name together with the commit that it led to.
package struct ResolvedRef: Hashable, Sendable {
  /// The whole name of the ref; `nil` where a hash or an expression was given.
  package var name: String?
  package var commit: ObjectID

  package init(name: String?, commit: ObjectID) {
    self.name = name
    self.commit = commit
  }
}

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

  /// The commit that a ref leads to, tags followed; `nil` where there is no such ref, or it is
  /// for a branch that has no commit yet.
  /// - Throws: `invalidName`, `notACommit`, `objectMissing`, `system`.
  private func commit(ofRef name: String) throws(GitError) -> ObjectID? {
    var found: OpaquePointer?
    let code = unsafe git_reference_lookup(&found, handle.pointer, name)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    if code == GIT_EINVALIDSPEC.rawValue { throw GitError(.invalidName(name)) }
    let reference = try unsafe Self.owned(code, found) { unsafe git_reference_free($0) }
    var resolved: OpaquePointer?
    let resolution = unsafe git_reference_resolve(&resolved, reference.pointer)
    if resolution == GIT_ENOTFOUND.rawValue { return nil }
    let direct = try unsafe Self.owned(resolution, resolved) { unsafe git_reference_free($0) }
    let target = unsafe direct.with { direct in
      unsafe git_reference_target(direct).map { unsafe ObjectID($0.pointee) }
    }
    guard let id = target else { throw GitError(.system, detail: Library.lastMessage()) }
    return try peeled(lookup(id, GIT_OBJECT_ANY, limit: Self.namedLimit), name: name)
  }

  /// The commit that an expression of git's revision syntax leads to.
  /// - Throws: `refNotFound`, `ambiguous`, `invalidName`, `notACommit`, `objectMissing`.
  private func commit(ofExpression text: String) throws(GitError) -> ObjectID {
    var found: OpaquePointer?
    let code = unsafe git_revparse_single(&found, handle.pointer, text)
    guard code == 0 else {
      let detail = Library.lastMessage()
      switch code {
      case GIT_ENOTFOUND.rawValue: throw GitError(.refNotFound(text), detail: detail)
      case GIT_EAMBIGUOUS.rawValue: throw GitError(.ambiguous(text, candidates: []), detail: detail)
      case GIT_EINVALIDSPEC.rawValue: throw GitError(.invalidName(text), detail: detail)
      default: throw GitError(.system, detail: detail)
      }
    }
    let object = try unsafe Self.owned(code, found) { unsafe git_object_free($0) }
    return try peeled(object, name: text)
  }

  /// Follows tags to a commit.
  private func peeled(_ object: Handle, name: String) throws(GitError) -> ObjectID {
    var found: OpaquePointer?
    let code = unsafe git_object_peel(&found, object.pointer, GIT_OBJECT_COMMIT)
    if code == GIT_ENOTFOUND.rawValue, let id = Self.id(of: object) {
      throw readingError(code, id)
    }
    guard code == 0 else { throw GitError(.notACommit(name)) }
    let commit = try unsafe Self.owned(code, found) { unsafe git_object_free($0) }
    guard let id = Self.id(of: commit) else { throw GitError(.notACommit(name)) }
    return id
  }

  private static func id(of object: Handle) -> ObjectID? {
    unsafe object.with { object in unsafe git_object_id(object).map { unsafe ObjectID($0.pointee) }
    }
  }

  /// The whole name of the branch that `HEAD` is on; `nil` where it is detached.
  package var headBranch: String? {
    var found: OpaquePointer?
    guard unsafe git_reference_lookup(&found, handle.pointer, "HEAD") == 0, let head = unsafe found
    else { return nil }
    return unsafe Handle(head) { unsafe git_reference_free($0) }.with { head in
      unsafe Self.text(git_reference_symbolic_target(head))
    }
  }

  /// What a name leads to is a commit or a tag; a larger one is not read.
  private static var namedLimit: Int { 64 << 20 }
}
