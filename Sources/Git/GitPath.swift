/// A path inside a tree, as the bytes that the tree holds.
///
/// Git gives names no encoding, so text is only a view of a path: two paths are the same exactly
/// where their bytes are.
package struct GitPath: Hashable, Sendable, Comparable {
  /// The components joined by `/`, without one at either end; empty for the root.
  package let bytes: [UInt8]

  /// The tree itself.
  package static let root = Self(unchecked: [])

  /// Takes a relative path; slashes at its end are dropped, `.` is the root, and an empty
  /// component, `.` or `..` in it, a slash at its start or NUL are `nil`.
  package init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)
    while bytes.last == UInt8(ascii: "/"), bytes.count > 1 { bytes.removeLast() }
    if bytes == [UInt8(ascii: ".")] { bytes = [] }
    guard bytes.isEmpty || Self.split(bytes).allSatisfy(Self.isComponent) else { return nil }
    self.bytes = bytes
  }

  /// Takes bytes that are known to be well-formed components.
  init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// The parts between the slashes; none for the root.
  package var components: [ArraySlice<UInt8>] { bytes.isEmpty ? [] : Self.split(bytes) }

  /// The last component; empty for the root.
  package var name: ArraySlice<UInt8> { components.last ?? [] }

  /// The path where its bytes are UTF-8, else `nil`.
  package var text: String? { String(validating: bytes, as: UTF8.self) }

  /// The path with one more component, which must be well-formed.
  func appending(_ component: some Sequence<UInt8>) -> Self {
    Self(unchecked: bytes.isEmpty ? Array(component) : bytes + [UInt8(ascii: "/")] + component)
  }

  /// The rest of the path below a folder; `nil` where it does not lie there.
  package func relative(to folder: Self) -> Self? {
    guard !folder.bytes.isEmpty else { return self }
    guard bytes.count > folder.bytes.count + 1, bytes.starts(with: folder.bytes),
      bytes[folder.bytes.count] == UInt8(ascii: "/")
    else { return nil }
    return Self(unchecked: Array(bytes[(folder.bytes.count + 1)...]))
  }

  // An array hashes its bytes one by one; this takes them at once.
  package func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }

  /// Orders by bytes, which is the order of a listing.
  package static func < (left: Self, right: Self) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// Whether bytes can be the name of an entry in a tree.
  static func isComponent(_ bytes: some Collection<UInt8>) -> Bool {
    !bytes.isEmpty && !bytes.contains(UInt8(ascii: "/")) && !bytes.contains(0)
      && !bytes.elementsEqual(".".utf8) && !bytes.elementsEqual("..".utf8)
  }

  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  }
}

extension GitPath: CustomStringConvertible {
  /// The path for people: bytes that are not UTF-8 are shown as U+FFFD, so it may name two paths.
  package var description: String { String(decoding: bytes, as: UTF8.self) }
}
