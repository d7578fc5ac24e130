/// Finds objects by a property's text, folded to small letters; hashes may collide, so that what is
/// found has still to be compared.
struct HandleIndex: Sendable {
  private enum Entry {
    case one(Handle)
    case several(Set<Handle>)
  }

  private var entries: [UInt64: Entry] = [:]

  /// Returns the key of a text in a property (FNV-1a over the folded bytes).
  static func key(_ property: Int, _ kind: ObjectKind, _ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 &+ UInt64(property) &* 31 &+ UInt64(kind.rawValue)
    for byte in text.lowercased().utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return SeededGenerator.mix(hash)
  }

  subscript(_ key: UInt64) -> [Handle] {
    switch entries[key] {
    case nil: []
    case .one(let handle): [handle]
    case .several(let handles): handles.sorted()
    }
  }

  mutating func insert(_ handle: Handle, at key: UInt64) {
    switch entries[key] {
    case nil: entries[key] = .one(handle)
    case .one(let other): if other != handle { entries[key] = .several([other, handle]) }
    case .several(var others):
      // Taken out first, so that the set is changed in place.
      entries[key] = nil
      others.insert(handle)
      entries[key] = .several(others)
    }
  }

  mutating func remove(_ handle: Handle, at key: UInt64) {
    switch entries[key] {
    case nil: return
    case .one(let other): if other == handle { entries[key] = nil }
    case .several(var others):
      entries[key] = nil
      others.remove(handle)
      entries[key] = others.isEmpty ? nil : .several(others)
    }
  }
}
