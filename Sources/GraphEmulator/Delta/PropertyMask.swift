/// A set of property numbers below 128.
struct PropertyMask: Sendable, Equatable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  init(_ numbers: some Sequence<Int>) {
    for number in numbers { insert(number) }
  }

  mutating func insert(_ number: Int) {
    switch number {
    case 0..<64: low |= 1 << UInt64(number)
    case 64..<128: high |= 1 << UInt64(number - 64)
    default: break
    }
  }

  mutating func formUnion(_ other: PropertyMask) {
    low |= other.low
    high |= other.high
  }

  func contains(_ number: Int) -> Bool {
    switch number {
    case 0..<64: low & 1 << UInt64(number) != 0
    case 64..<128: high & 1 << UInt64(number - 64) != 0
    default: false
    }
  }

  func intersects(_ other: PropertyMask) -> Bool {
    low & other.low != 0 || high & other.high != 0
  }
}
