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
      if other === content { return line - (piece.header.isEmpty ? 0 : 1) }
      line += piece.lines
    }
    return nil
  }

  /// The lines above each piece.
  func lines() -> [ObjectIdentifier: Int] {
    var lines: [ObjectIdentifier: Int] = [:]
    var line = 0
    for (content, piece) in zip(contents, cut.pieces) {
      lines[ObjectIdentifier(content)] = line - (piece.header.isEmpty ? 0 : 1)
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
    var known: [[UInt8]: PieceContent] = [:]
    if let before { known = before.texts(from: kept.first, to: old.count - kept.last) }
    var contents = Array(old[..<kept.first])
    contents.reserveCapacity(file.pieces.count)
    var offset = file.pieces[..<kept.first].reduce(0) { $0 + $1.length }
    for piece in file.pieces[kept.first..<(file.pieces.count - kept.last)] {
      let text = file.text(of: piece, at: offset)
      offset += piece.length
      // One object stands in one place: a text that is there twice is parsed twice.
      if let content = known.removeValue(forKey: text) {
        contents.append(content)
        continue
      }
      let identities = parse(text, path, reader)
      guard identities.fault == nil else { return nil }
      contents.append(PieceContent(identities, path: path))
    }
    return contents + old[(old.count - kept.last)...]
  }

  private static func parse(
    _ bytes: [UInt8],
    _ path: GitPath,
    _ reader: IdentityReader
  ) -> FileIdentities {
    reader.identities(of: SourceFile(path: path.description, bytes: bytes))
  }

  /// The texts of some pieces with what they declare.
  private func texts(from first: Int, to end: Int) -> [[UInt8]: PieceContent] {
    var texts: [[UInt8]: PieceContent] = [:]
    guard !cut.isWhole, first < end else { return texts }
    var offset = cut.pieces[..<first].reduce(0) { $0 + $1.length }
    for index in first..<end {
      texts[cut.text(of: cut.pieces[index], at: offset)] = contents[index]
      offset += cut.pieces[index].length
    }
    return texts
  }
}
