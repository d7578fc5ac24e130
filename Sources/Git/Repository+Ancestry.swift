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
      next = try commit(id, verification: .none).parents.first
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
