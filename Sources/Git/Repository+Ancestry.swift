internal import FoundationEssentials

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
      next = try firstParent(of: id)
    }
    return chain
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

extension Commit {
  /// The `Key: value` lines that end the message, by git's own rule for what is one.
  package var trailers: [CommitTrailer] { Library.trailers(of: message) }
}

extension Repository {
  /// How a commit stands to the chain of a tip.
  ///
  /// Nothing is read of the commit itself, which may be gone.
  /// - Throws: `objectMissing` or `corrupt` for a commit that the tip needs.
  package func standing(of id: ObjectID, to tip: ObjectID) throws(GitError) -> ChainStanding {
    var next: ObjectID? = tip
    var pending: [ObjectID] = []
    var endsAtBoundary = false
    while let step = next {
      if step == id { return .onChain }
      let commit = try commit(step, verification: .none)
      endsAtBoundary = endsAtBoundary || commit.isBoundary
      pending += commit.parents.dropFirst()
      next = commit.parents.first
    }
    var visited: Set<ObjectID> = []
    while let step = pending.popLast() {
      if step == id { return .aside }
      guard visited.insert(step).inserted else { continue }
      let commit = try commit(step, verification: .none)
      endsAtBoundary = endsAtBoundary || commit.isBoundary
      pending += commit.parents
    }
    return endsAtBoundary ? .unknown : .absent
  }
}
