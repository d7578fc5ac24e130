/// Small numbers for many keys, from 0 in the order in which they are added.
///
/// Half a million assignments ask for their accounts, and every guest for an address, in an order that
/// to memory is none at all; what such a question fetches is what it costs. A slot of four bytes holds
/// a number and a part of the key's hash, so that nothing but the slot and the key itself is looked
/// at; a dictionary is several times as wide, and fetches the text of every key that it passes.
struct Numbering<Key: NumberedKey>: Sendable {
  /// The keys by number.
  private(set) var keys: [Key] = []
  /// In the upper bits a part of the key's hash, in the lower ones its number; all bits are set where
  /// nothing is.
  ///
  /// Less than half are taken.
  private var slots: [UInt32]
  private let bits: UInt64
  // Of this process alone, so that nobody can choose keys that meet in one slot.
  private let secrets: (UInt64, UInt64)

  /// Makes room for a number of keys; more can be added.
  init(capacity: Int) {
    var bits: UInt64 = 4
    while 1 << bits <= capacity * 2 { bits += 1 }
    slots = [UInt32](repeating: .max, count: 1 << bits)
    self.bits = bits
    keys.reserveCapacity(capacity)
    secrets = (Self.secret(1), Self.secret(2))
  }

  private static func secret(_ number: Int) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(number)
    return UInt64(truncatingIfNeeded: hasher.finalize())
  }

  /// The number of a key; `nil` where it has none.
  subscript(key: Key) -> Int? {
    let slot = slot(of: key, key.hash(secrets))
    return slots[slot] == .max ? nil : number(in: slots[slot])
  }

  /// The numbers of many keys, in their order; negative where a key has none, or is none.
  ///
  /// Each step is taken for a whole batch before the next one: what the steps of one key would wait
  /// for one after the other, memory then fetches side by side. Keys are asked for by position, so
  /// that they need not be copied into an array first.
  func numbers(count: Int, of key: (Int) -> Key?) -> [Int32] {
    var numbers: [Int32] = []
    numbers.reserveCapacity(count)
    var hashes = [UInt64](repeating: 0, count: Self.batch)
    var found = [UInt32](repeating: 0, count: Self.batch)
    for start in stride(from: 0, to: count, by: Self.batch) {
      let size = min(Self.batch, count - start)
      for index in 0..<size { hashes[index] = key(start + index)?.hash(secrets) ?? 0 }
      for index in 0..<size { found[index] = slots[home(of: hashes[index])] }
      for index in 0..<size {
        numbers.append(-1)
        guard found[index] != .max, let key = key(start + index) else { continue }
        // Whatever is not where it would be first is looked for one by one.
        let slot =
          isNumber(found[index], of: key, hashes[index])
          ? found[index] : slots[slot(of: key, hashes[index])]
        if slot != .max { numbers[start + index] = Int32(number(in: slot)) }
      }
    }
    return numbers
  }

  private static var batch: Int { 64 }

  /// The number of a key, which is given the next one if it has none.
  mutating func add(_ key: Key) -> Int {
    let hash = key.hash(secrets)
    return add(key, hash, at: slot(of: key, hash))
  }

  /// The numbers of a few keys, in their order, each given the next one if it has none.
  ///
  /// Their hashes are made first, so that memory fetches the slots side by side.
  mutating func add(_ few: [Key]) -> [Int] {
    let hashes = few.map { $0.hash(secrets) }
    return few.indices.map { index in
      add(few[index], hashes[index], at: slot(of: few[index], hashes[index]))
    }
  }

  private mutating func add(_ key: Key, _ hash: UInt64, at slot: Int) -> Int {
    guard slots[slot] == .max else { return number(in: slots[slot]) }
    let number = keys.count
    slots[slot] = mark(of: hash) | UInt32(truncatingIfNeeded: number)
    keys.append(key)
    if keys.count * 2 >= slots.count { grow() }
    return number
  }

  /// What is left of a slot beside the numbers, which are less than half as many as the slots.
  private var marks: UInt32 { .max << UInt32(truncatingIfNeeded: bits - 1) }
  private func mark(of hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) & marks }
  private func number(in slot: UInt32) -> Int { Int(slot & ~marks) }
  private func home(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> (64 - bits)) }

  /// True if what a slot holds is the number of a key.
  private func isNumber(_ slot: UInt32, of key: Key, _ hash: UInt64) -> Bool {
    slot != .max && slot & marks == mark(of: hash) && keys[number(in: slot)] == key
  }

  /// Where a key is, or would be put.
  private func slot(of key: Key, _ hash: UInt64) -> Int {
    var slot = home(of: hash)
    while slots[slot] != .max, !isNumber(slots[slot], of: key, hash) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    var larger = Self(capacity: slots.count / 2)
    for key in keys { _ = larger.add(key) }
    self = larger
  }
}
