/// Reads the bytes of a commit object.
///
/// Done here and not by libgit2, which refuses whole commits for an odd name or date; of a history
/// that others wrote, every commit must stay readable.
struct RawCommit {
  private(set) var tree: ObjectID?
  private(set) var parents: [ObjectID] = []
  private(set) var author = Commit.Person(name: "", email: "", seconds: 0)
  private(set) var committer = Commit.Person(name: "", email: "", seconds: 0)
  private(set) var message = ""

  /// Reads a commit; `nil` without a tree, which is no commit.
  init?(_ bytes: [UInt8]) {
    var isLatin = false
    var persons: (author: ArraySlice<UInt8>, committer: ArraySlice<UInt8>) = ([], [])
    var position = 0
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[position..<end]
      position = end + 1
      // A line that begins with a space continues the header above it (a signature, a merged tag).
      guard line.first != UInt8(ascii: " ") else { continue }
      if let value = Self.value(of: "tree", in: line) {
        tree = tree ?? Self.id(value)
      } else if let value = Self.value(of: "parent", in: line) {
        guard let parent = Self.id(value) else { return nil }
        parents.append(parent)
      } else if let value = Self.value(of: "author", in: line) {
        persons.author = value
      } else if let value = Self.value(of: "committer", in: line) {
        persons.committer = value
      } else if let value = Self.value(of: "encoding", in: line) {
        isLatin = Self.namesLatin(value)
      }
    }
    guard tree != nil else { return nil }
    author = Self.person(persons.author, isLatin: isLatin)
    committer = Self.person(persons.committer, isLatin: isLatin)
    let body = position + 1 <= bytes.count ? bytes[(position + 1)...] : []
    message = Self.text(body, isLatin: isLatin)
  }

  /// The first parent that a commit names, read no further than that; `nil` where it is not in the
  /// place where git writes it, so that the whole has to be asked.
  static func firstParent(in bytes: [UInt8]) -> ObjectID? {
    let digits = ObjectID.byteCount * 2
    let (tree, parent) = ("tree ".utf8.count + digits, "parent ".utf8.count + digits)
    guard bytes.count > tree + 1 + parent, bytes.starts(with: "tree ".utf8),
      id(bytes[(tree - digits)..<tree]) != nil, bytes[tree] == UInt8(ascii: "\n"),
      bytes[tree + 1 + parent] == UInt8(ascii: "\n")
    else { return nil }
    return value(of: "parent", in: bytes[(tree + 1)..<(tree + 1 + parent)]).flatMap(id)
  }

  /// Splits a signed commit into its signature and what was signed; `nil` where it has none, or
  /// more than one, which no honest tool makes.
  static func signature(of bytes: [UInt8]) -> CommitSignature? {
    var signature: [UInt8] = []
    var payload: [UInt8] = []
    payload.reserveCapacity(bytes.count)
    var header = Header.plain
    var count = 0
    var position = 0
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      let line = bytes[position..<end]
      position = end
      if line.first == UInt8(ascii: " ") {
        switch header {
        case .signature: signature += line.dropFirst()
        case .otherSignature: break
        case .plain: payload += line
        }
      } else if let value = value(of: "gpgsig", in: line) {
        header = .signature
        count += 1
        signature += value
      } else if line.starts(with: "gpgsig".utf8) {
        header = .otherSignature
      } else {
        header = .plain
        payload += line
      }
    }
    guard count == 1 else { return nil }
    payload += bytes[position...]
    return CommitSignature(signature: signature, payload: payload)
  }

  private enum Header {
    case plain
    case signature
    /// A signature for another object format, which no signature covers.
    case otherSignature
  }

  private static func value(of key: String, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let length = key.utf8.count
    guard line.count > length, line[line.startIndex + length] == UInt8(ascii: " "),
      line.starts(with: key.utf8)
    else { return nil }
    return line.dropFirst(length + 1)
  }

  private static func id(_ digits: ArraySlice<UInt8>) -> ObjectID? {
    ObjectID(digits: digits)
  }

  private static func namesLatin(_ name: ArraySlice<UInt8>) -> Bool {
    let name = String(decoding: name, as: UTF8.self).lowercased()
    return ["iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1"].contains(name)
  }

  private static func text(_ bytes: ArraySlice<UInt8>, isLatin: Bool) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    guard isLatin else { return String(decoding: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
    return String(text)
  }

  /// Reads `Name <address> seconds ±HHMM`, as much of it as is there.
  private static func person(_ bytes: ArraySlice<UInt8>, isLatin: Bool) -> Commit.Person {
    guard let open = bytes.firstIndex(of: UInt8(ascii: "<")),
      let close = bytes.lastIndex(of: UInt8(ascii: ">")), open < close
    else { return Commit.Person(name: text(bytes, isLatin: isLatin), email: "", seconds: 0) }
    var name = bytes[..<open]
    while name.last == UInt8(ascii: " ") { name.removeLast() }
    let clock = bytes[(close + 1)...].split(separator: UInt8(ascii: " "))
    return Commit.Person(
      name: text(name, isLatin: isLatin),
      email: text(bytes[(open + 1)..<close], isLatin: isLatin),
      seconds: clock.first.flatMap { Int64(String(decoding: $0, as: UTF8.self)) } ?? 0,
      offset: clock.dropFirst().first.flatMap(offset) ?? 0
    )
  }

  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    guard let number = Int(String(decoding: text, as: UTF8.self)), abs(number) < 10_000
    else { return nil }
    return number / 100 * 60 + number % 100
  }
}
