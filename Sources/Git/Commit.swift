/// What a commit says about itself.
///
/// Names, addresses and dates are whatever its maker wrote. Text that is not UTF-8 is read by the
/// commit's `encoding` header where that names Latin-1, else with U+FFFD for what cannot be read.
package struct Commit: Hashable, Sendable {
  package var id: ObjectID
  package var tree: ObjectID
  /// As recorded, first parent first; empty at the boundary of a shallow clone.
  package var parents: [ObjectID]
  package var author: Person
  package var committer: Person
  package var message: String
  /// True where parents are recorded and a shallow clone does not have them.
  package var isBoundary: Bool

  package init(
    id: ObjectID,
    tree: ObjectID,
    parents: [ObjectID],
    author: Person,
    committer: Person,
    message: String,
    isBoundary: Bool = false
  ) {
    self.id = id
    self.tree = tree
    self.parents = parents
    self.author = author
    self.committer = committer
    self.message = message
    self.isBoundary = isBoundary
  }

  /// The person who wrote or committed it, and when.
  package struct Person: Hashable, Sendable {
    package var name: String
    package var email: String
    /// Seconds since 1970-01-01T00:00:00Z.
    package var seconds: Int64
    /// Minutes east of Greenwich of the clock on the wall.
    package var offset: Int

    package init(name: String, email: String, seconds: Int64, offset: Int = 0) {
      self.name = name
      self.email = email
      self.seconds = seconds
      self.offset = offset
    }
  }

  /// The first paragraph of the message on one line.
  package var subject: String {
    var lines: [Substring.UTF8View] = []
    for line in message.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      let line = Self.trimmed(line)
      if line.isEmpty, !lines.isEmpty { break }
      if !line.isEmpty { lines.append(line) }
    }
    return lines.map { String(Substring($0)) }.joined(separator: " ")
  }

  private static func trimmed(_ line: Substring.UTF8View) -> Substring.UTF8View {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var line = line.drop(while: isSpace)
    while let last = line.last, isSpace(last) { line.removeLast() }
    return line
  }
}

extension Commit {
  /// The `Key: value` lines that end the message, by git's own rule for what is one.
  package var trailers: [CommitTrailer] { Library.trailers(of: message) }
}

/// One `Key: value` line at the end of a message.
package struct CommitTrailer: Hashable, Sendable {
  package var key: String
  package var value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}
