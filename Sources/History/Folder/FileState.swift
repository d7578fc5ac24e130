internal import Access
internal import Declarations
internal import Git

/// One file of a folder, as it stands after a commit.
struct FileState {
  let path: GitPath
  let blob: ObjectID
  private let cut: CutFile
  /// One for each piece, in order.
  let contents: [PieceContent]

  /// Why a file cannot be read.
  struct Unreadable: Error {
    var reason: String
  }

  /// Reads a file, parsing only the pieces that an earlier version of it does not have.
  init(
    path: GitPath,
    blob: ObjectID,
    bytes: [UInt8],
    before: FileState?,
    reader: IdentityReader
  ) throws(Unreadable) {
    self.path = path
    self.blob = blob
    let (file, kept) = before?.cut.next(bytes) ?? (CutFile(bytes), (first: 0, last: 0))
    if !file.isWhole, let contents = Self.contents(of: file, path, kept, before, reader) {
      cut = file
      self.contents = contents
      return
    }
    // A piece that does not parse may still be right in its place; only the whole file can say.
    cut = file.leftWhole
    let identities = Self.parse(bytes, path, reader)
    if let fault = identities.fault { throw Unreadable(reason: fault) }
    contents = [PieceContent(identities, path: path)]
  }

  /// The lines above a piece; `nil` where the content is not of this version.
  func line(of content: PieceContent) -> Int? {
    var line = 0
    for (other, piece) in zip(contents, cut.pieces) {
      if other === content { return line - piece.linesAbove }
      line += piece.lines
    }
    return nil
  }

  /// The lines above each piece.
  func lines() -> [ObjectIdentifier: Int] {
    var lines: [ObjectIdentifier: Int] = [:]
    var line = 0
    for (content, piece) in zip(contents, cut.pieces) {
      lines[ObjectIdentifier(content)] = line - piece.linesAbove
      line += piece.lines
    }
    return lines
  }

  /// The contents that two versions of a file do not share.
  static func difference(
    _ old: FileState?,
    _ new: FileState?
  ) -> (gone: [PieceContent], added: [PieceContent]) {
    let (gone, added) = between(old, new)
    // What is between begins and ends with pieces that are not shared.
    if gone.isEmpty || added.isEmpty || gone.count == 1 && added.count == 1 {
      return (Array(gone), Array(added))
    }
    let stays = Set(added.map(ObjectIdentifier.init))
    let stayed = Set(gone.map(ObjectIdentifier.init))
    return (
      gone.filter { !stays.contains(ObjectIdentifier($0)) },
      added.filter { !stayed.contains(ObjectIdentifier($0)) }
    )
  }

  /// Whether anything but entries differs between two versions of a file.
  ///
  /// What only stands in another order differs, too.
  static func changesPolicy(_ old: FileState?, _ new: FileState?) -> Bool {
    let (gone, added) = between(old, new)
    return gone.flatMap(\.identities.policy) != added.flatMap(\.identities.policy)
  }

  /// What stands between the start and the end that two versions of a file share.
  private static func between(
    _ old: FileState?,
    _ new: FileState?
  ) -> (gone: ArraySlice<PieceContent>, added: ArraySlice<PieceContent>) {
    let (left, right) = (old?.contents ?? [], new?.contents ?? [])
    var first = 0
    while first < left.count, first < right.count, left[first] === right[first] { first += 1 }
    var last = 0
    while last < min(left.count, right.count) - first,
      left[left.count - last - 1] === right[right.count - last - 1]
    {
      last += 1
    }
    return (left[first..<(left.count - last)], right[first..<(right.count - last)])
  }

  /// The contents of every piece; `nil` where one does not parse by itself.
  private static func contents(
    of file: CutFile,
    _ path: GitPath,
    _ kept: (first: Int, last: Int),
    _ before: FileState?,
    _ reader: IdentityReader
  ) -> [PieceContent]? {
    let old = before?.contents ?? []
    var contents: [PieceContent] = []
    contents.reserveCapacity(file.pieces.count)
    contents += old[..<kept.first]
    let from = before?.cut.placed(without: kept) ?? []
    let to = file.placed(without: kept)
    let match = PieceMatch(from, of: before?.cut.bytes ?? [], to, of: file.bytes)
    for (piece, origin) in zip(to, match.origins) {
      if let origin {
        contents.append(old[kept.first + origin])
        continue
      }
      let identities = parse(file.text(of: piece), path, reader)
      guard identities.fault == nil else { return nil }
      contents.append(PieceContent(identities, path: path))
    }
    contents += old[(old.count - kept.last)...]
    return contents
  }

  private static func parse(
    _ bytes: [UInt8],
    _ path: GitPath,
    _ reader: IdentityReader
  ) -> FileIdentities {
    reader.identities(of: SourceFile(path: path.description, bytes: bytes))
  }
}
