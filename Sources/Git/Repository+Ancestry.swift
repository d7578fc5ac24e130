internal import CGit2
internal import FoundationEssentials

/// How a commit relates to the chain of a tip.
package enum ChainPosition: Hashable, Sendable {
  /// It is on the first-parent chain.
  case onChain
  /// The tip has it as an ancestor, but on the side of a merge: the branch was re-parented, by a
  /// merge the wrong way round or by the merge of an older branch into a newer one.
  case aside
  /// The tip does not have it: the branch was rewritten or reset.
  case absent
  /// The clone is shallow, and it may lie below the boundary.
  case unknown
}

// The chain of first parents, and where a clone ends.
extension Repository {
  /// The names of the first-parent chain from a commit down to its root, newest first; it ends at
  /// the boundary of a shallow clone, or before a commit that is known.
  ///
  /// - Throws: `objectMissing`, `corrupt`.
  package func firstParents(
    from tip: ObjectID,
    until known: ObjectID? = nil
  ) throws(GitError) -> [ObjectID] {
    var chain: [ObjectID] = []
    var next: ObjectID? = tip
    while let id = next, id != known {
      chain.append(id)
      next = try commit(id).parents.first
    }
    return chain
  }

  /// How a commit relates to the chain of a tip.
  ///
  /// Nothing is read of the commit itself, which may be gone.
  /// - Throws: `objectMissing` or `corrupt` for a commit that the tip needs.
  package func position(of id: ObjectID, to tip: ObjectID) throws(GitError) -> ChainPosition {
    var next: ObjectID? = tip
    var pending: [ObjectID] = []
    var endsAtBoundary = false
    while let step = next {
      if step == id { return .onChain }
      let commit = try commit(step)
      endsAtBoundary = endsAtBoundary || commit.isBoundary
      pending += commit.parents.dropFirst()
      next = commit.parents.first
    }
    var visited: Set<ObjectID> = []
    while let step = pending.popLast() {
      if step == id { return .aside }
      guard visited.insert(step).inserted else { continue }
      let commit = try commit(step)
      endsAtBoundary = endsAtBoundary || commit.isBoundary
      pending += commit.parents
    }
    return endsAtBoundary ? .unknown : .absent
  }

  /// The commits that a merge brought besides itself, no commit before one that has it as a parent.
  ///
  /// Nothing where they are more than a change that somebody reviewed (a history that was joined),
  /// or a shallow clone does not have them all.
  /// - Throws: `objectMissing`, `corrupt`.
  package func commits(
    mergedBy merge: Commit,
    limit: Int = 5000
  ) throws(GitError) -> [Commit] {
    guard let first = merge.parents.first, merge.parents.count > 1 else { return [] }
    var made: OpaquePointer?
    let code = unsafe git_revwalk_new(&made, handle.pointer)
    let owner = try unsafe Self.owned(code, made) { unsafe git_revwalk_free($0) }
    let ids = unsafe owner.with { walk -> [ObjectID] in
      _ = unsafe git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue)
      for parent in merge.parents.dropFirst() {
        var oid = parent.oid
        guard unsafe git_revwalk_push(walk, &oid) == 0 else { return [] }
      }
      var hidden = first.oid
      guard unsafe git_revwalk_hide(walk, &hidden) == 0 else { return [] }
      var ids: [ObjectID] = []
      var oid = git_oid()
      while unsafe git_revwalk_next(&oid, walk) == 0 {
        guard ids.count < limit else { return [] }
        ids.append(ObjectID(oid))
      }
      return ids
    }
    var commits: [Commit] = []
    for id in ids { commits.append(try commit(id)) }
    return commits
  }

  /// Reads git's list of where a shallow clone ends.
  static func boundary(in layout: RepositoryLayout) throws(GitError) -> Set<ObjectID> {
    let path = layout.commonDirectory + "shallow"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw GitError(.system, detail: "`\(path)` cannot be read")
    }
    var boundary = Set<ObjectID>()
    for line in data.split(separator: UInt8(ascii: "\n")) {
      guard let id = ObjectID(hex: String(decoding: line, as: UTF8.self)) else {
        throw GitError(.system, detail: "`\(path)` is damaged")
      }
      boundary.insert(id)
    }
    return boundary
  }
}

// Where two lines of history part.
extension Repository {
  /// The best common ancestor of two commits; `nil` where they have none, or a shallow clone ends
  /// before it.
  /// - Throws: `objectMissing`, `corrupt`.
  package func mergeBase(of one: ObjectID, and other: ObjectID) throws(GitError) -> ObjectID? {
    var (left, right, found) = (one.oid, other.oid, git_oid())
    let code = unsafe git_merge_base(&found, handle.pointer, &left, &right)
    if code == 0 { return ObjectID(found) }
    guard code == GIT_ENOTFOUND.rawValue else {
      // What lies below the boundary is not there, and need not be.
      if !boundary.isEmpty { return nil }
      throw readingError(code, one)
    }
    return nil
  }

  /// The branch that a clone's remote calls its own, by the whole name of its remote ref; `nil`
  /// where the clone does not know.
  package var remoteDefaultBranch: String? {
    var found: OpaquePointer?
    guard unsafe git_reference_lookup(&found, handle.pointer, "refs/remotes/origin/HEAD") == 0,
      let head = unsafe found
    else { return nil }
    return unsafe Handle(head) { unsafe git_reference_free($0) }.with { head in
      unsafe Self.text(git_reference_symbolic_target(head))
    }
  }
}
