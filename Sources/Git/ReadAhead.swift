/// What a walk along a history has already read and will ask for soon; each is given once.
struct ReadAhead {
  var blobs: [ObjectID: [UInt8]] = [:]
  var changes: [TreePair: [TreeChange]] = [:]

  struct TreePair: Hashable {
    var old: ObjectID?
    var new: ObjectID?
  }
}

extension Repository {
  /// Finds what differs between each tree and the next, and reads the blobs of the files that a
  /// walk along them will ask for, file by file; yields how many bytes it now holds.
  ///
  /// A pack keeps one version of a file whole and each other as a difference from a neighbour. Of
  /// what libgit2 1.5 puts together on the way it remembers 16 MB, and then forgets all: versions of
  /// several large files read in turn are put together again and again, those of one file are not.
  /// - Throws: `objectMissing` or `corrupt` for a tree; a blob that cannot be read is left to whoever
  ///   asks for it.
  package func readAhead(
    along trees: [ObjectID?],
    limit: Int,
    where isWanted: (GitPath) -> Bool
  ) throws(GitError) -> (blobs: Int, bytes: Int) {
    ahead = ReadAhead()
    var wanted: [GitPath: [ObjectID]] = [:]
    for (old, new) in zip(trees, trees.dropFirst()) where old != new {
      let changes = try changes(from: old, to: new)
      ahead.changes[ReadAhead.TreePair(old: old, new: new)] = changes
      for change in changes where isWanted(change.path) {
        if let file = change.new, file.mode.isFile {
          wanted[change.path, default: []].append(file.id)
        }
      }
    }
    var bytes = 0
    for id in wanted.values.joined() where ahead.blobs[id] == nil && bytes < limit {
      guard let blob = try? blob(id, limit: limit, verification: .none) else { continue }
      ahead.blobs[id] = blob
      bytes += blob.count
    }
    return (ahead.blobs.count, bytes)
  }
}
