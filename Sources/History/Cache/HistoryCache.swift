internal import Access
internal import Git
internal import Platform

/// Keeps histories between runs, a private file each.
///
/// Nothing rests on it but time: a file that is missing, damaged, of another version or about
/// something else is as if it were not there, and one that cannot be written is done without.
package struct HistoryCache: Sendable {
  private let folder: String
  /// How many steps are walked again each time before a longer history is written.
  let patience: Int

  /// Takes the folder that the files are to lie in; it is made when it is needed.
  ///
  /// A file is written whole, which takes as long as some hundred steps: with `patience` a history
  /// that has grown by fewer steps is read on from where it was kept, and not kept anew.
  package init(folder: String, patience: Int = 64) {
    self.folder = folder
    self.patience = patience
  }

  /// More than a history of a million commits takes.
  private static let largest = 1 << 30

  func read(_ key: String) -> HistoryMemory? {
    guard let bytes = try? PrivateFile.read(path(key), limit: Self.largest) else { return nil }
    let head = Self.head(key)
    guard bytes.count >= head.count + 8, bytes.starts(with: head) else { return nil }
    let body = Array(bytes[..<(bytes.count - 8)])
    guard Self.bytes(of: Self.digest(body)).elementsEqual(bytes.suffix(8)) else { return nil }
    return try? decoded(body, from: head.count)
  }

  private func decoded(
    _ bytes: [UInt8],
    from position: Int
  ) throws(ByteReader.Damaged) -> HistoryMemory {
    var reader = try ByteReader(bytes, at: position)
    return try HistoryCodec.read(from: &reader)
  }

  func write(_ memory: HistoryMemory, for key: String) {
    var writer = ByteWriter()
    HistoryCodec.write(memory, to: &writer)
    let body = Self.head(key) + writer.finished()
    do throws(PlatformError) {
      try PrivateFile.createFolder(folder)
      try PrivateFile.write(body + Self.bytes(of: Self.digest(body)), to: path(key))
    } catch {
      // The next run takes longer; that is all.
    }
  }

  private func path(_ key: String) -> String {
    let digits = String(Self.digest(Array(key.utf8)), radix: 16)
    return "\(folder)/history-\(digits)"
  }

  /// What a file begins with: two keys of one digest are told apart by it.
  private static func head(_ key: String) -> [UInt8] {
    Array("guestlist history \(HistoryCodec.version)\n\(key.utf8.count)\n\(key)\n".utf8)
  }

  /// FNV-1a, which finds accidents; whoever can write the file could write another history too.
  private static func digest(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func bytes(of number: UInt64) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
  }
}
