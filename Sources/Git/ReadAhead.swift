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
  /// walk along them will ask for, the newest first; yields how many bytes it now holds.
  ///
  /// A pack keeps the newest version of a file whole and each older one as a difference from the one
  /// after it. libgit2 1.5 remembers 16 MB of them and then forgets all: read from the oldest on,
  /// versions of a few large files are put together again and again (measured).
  /// - Throws: `objectMissing` or `corrupt` for a tree; a blob that cannot be read is left to whoever
  ///   asks for it.
  package func readAhead(
    along trees: [ObjectID?],
    limit: Int,
    where isWanted: (GitPath) -> Bool
  ) throws(GitError) -> (blobs: Int, bytes: Int) {
    ahead = ReadAhead()
    var wanted: [ObjectID] = []
    for (old, new) in zip(trees, trees.dropFirst()) where old != new {
      let changes = try changes(from: old, to: new)
      ahead.changes[ReadAhead.TreePair(old: old, new: new)] = changes
      for change in changes where isWanted(change.path) {
        if let file = change.new, file.mode.isFile { wanted.append(file.id) }
      }
    }
    var bytes = 0
    for id in wanted.reversed() where ahead.blobs[id] == nil && bytes < limit {
      guard let blob = try? blob(id, limit: limit, verification: .none) else { continue }
      ahead.blobs[id] = blob
      bytes += blob.count
    }
    return (ahead.blobs.count, bytes)
  }
}
