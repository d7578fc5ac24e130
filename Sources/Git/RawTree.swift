#if canImport(Glibc)
internal import Glibc
#endif

/// The bytes of a tree object: entries of `mode SP name NUL id`, one after the other.
///
/// Trees are walked here and not by libgit2, so that two large trees that differ in one entry cost
/// little more than a comparison of memory (PLATFORM section 11).
struct RawTree {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var size: Int { bytes.count }

  /// The tree without entries, whose object need not exist.
  static let empty = RawTree([])

  /// Every entry in the order of the tree; `nil` where the bytes are not a tree, or a name could
  /// not stand in one (empty, `.`, `..`, with a slash, twice).
  func entries() -> [TreeEntry]? {
    var entries: [TreeEntry] = []
    var names = Set<[UInt8]>()
    var position = 0
    while position < bytes.count {
      guard let entry = entry(at: position), names.insert(entry.value.name).inserted,
        GitPath.isComponent(entry.value.name)
      else { return nil }
      entries.append(entry.value)
      position = entry.end
    }
    return entries
  }

  /// The entry of a name, the first where a broken tree has two.
  func entry(named name: ArraySlice<UInt8>) -> TreeEntry? {
    var position = 0
    while position < bytes.count, let nul = endOfName(from: position) {
      let end = nul + 1 + ObjectID.byteCount
      guard end <= bytes.count else { return nil }
      if nul - position > name.count, bytes[nul - name.count - 1] == UInt8(ascii: " "),
        bytes[(nul - name.count)..<nul] == name
      {
        return entry(at: position)?.value
      }
      position = end
    }
    return nil
  }

  /// What this tree has different from an older one, ordered by name; `nil` where either is not a
  /// tree.
  func differences(from old: RawTree) -> [Difference]? {
    var (i, j) = (0, 0)
    var removed: [TreeEntry] = []
    var added: [TreeEntry] = []
    while true {
      let common = SharedBytes.prefix(of: old.bytes, from: i, and: bytes, from: j)
      let rests = (old.bytes.count - i, bytes.count - j)
      if rests == (common, common) { break }
      // Entries that lie wholly in what is common are the same.
      let limit = j + common
      while j < limit, let end = endOfEntry(at: j), end <= limit {
        i += end - j
        j = end
      }
      let before = i < old.bytes.count ? old.entry(at: i) : nil
      let after = j < bytes.count ? entry(at: j) : nil
      guard before != nil || i == old.bytes.count, after != nil || j == bytes.count
      else { return nil }
      // The one that comes first in the order of trees is missing on the other side.
      if let before, after.map({ !$0.value.precedes(before.value) }) ?? true {
        removed.append(before.value)
        i = before.end
      }
      if let after, before.map({ !$0.value.precedes(after.value) }) ?? true {
        added.append(after.value)
        j = after.end
      }
    }
    return Self.differences(removed, added)
  }

  private static func differences(_ removed: [TreeEntry], _ added: [TreeEntry]) -> [Difference] {
    // Most of the time one entry is another one now, and nothing has to be hashed for it.
    if removed.count < 2, added.count < 2,
      removed.first?.name == added.first?.name
        || removed.isEmpty || added.isEmpty
    {
      let difference = Difference(old: removed.first, new: added.first)
      return difference.old == difference.new ? [] : [difference]
    }
    let old = Dictionary(removed.lazy.map { ($0.name, $0) }) { _, last in last }
    let new = Dictionary(added.lazy.map { ($0.name, $0) }) { _, last in last }
    return Set(old.keys).union(new.keys).compactMap { name in
      old[name] == new[name] ? nil : Difference(old: old[name], new: new[name])
    }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// One name about which two trees differ.
  struct Difference {
    var old: TreeEntry?
    var new: TreeEntry?
    var name: [UInt8] { new?.name ?? old?.name ?? [] }
  }

  private func entry(at start: Int) -> (value: TreeEntry, end: Int)? {
    guard let nul = endOfName(from: start), nul + ObjectID.byteCount < bytes.count,
      let space = bytes[start..<min(nul, start + 8)].firstIndex(of: UInt8(ascii: " "))
    else { return nil }
    var number: UInt32 = 0
    for digit in bytes[start..<space] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else { return nil }
      number = number << 3 | UInt32(digit - UInt8(ascii: "0"))
    }
    guard let mode = TreeEntry.Mode(number: number) else { return nil }
    let name = Array(bytes[(space + 1)..<nul])
    return (TreeEntry(name: name, mode: mode, id: id(at: nul + 1)), nul + 1 + ObjectID.byteCount)
  }

  private func endOfEntry(at start: Int) -> Int? {
    endOfName(from: start).map { $0 + 1 + ObjectID.byteCount }
  }

  /// The offset of the NUL behind a name.
  private func endOfName(from start: Int) -> Int? {
    SharedBytes.firstIndex(of: 0, in: bytes, from: start)
  }

  /// The name at an offset from which 20 bytes must be there.
  private func id(at start: Int) -> ObjectID {
    unsafe bytes.withUnsafeBytes { buffer in
      ObjectID(
        high: UInt64(
          bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: start, as: UInt64.self)
        ),
        middle: UInt64(
          bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
        ),
        low: UInt32(
          bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: start + 16, as: UInt32.self)
        )
      )
    }
  }
}

extension TreeEntry {
  /// Whether the entry stands before another in a tree: by bytes, a folder's name with a slash.
  fileprivate func precedes(_ other: Self) -> Bool {
    let (left, right) = (name, other.name)
    let shared = min(left.count, right.count)
    for position in 0..<shared where left[position] != right[position] {
      return left[position] < right[position]
    }
    let ends = (endByte(of: left, at: shared), other.endByte(of: right, at: shared))
    return left.count != right.count && ends.0 < ends.1
  }

  private func endByte(of name: [UInt8], at position: Int) -> UInt8 {
    position < name.count ? name[position] : mode == .folder ? UInt8(ascii: "/") : 0
  }
}
