/// The look through the raw bytes that every file has to pass before libyaml sees it.
///
/// libyaml ends a comment at U+0085, U+2028 and U+2029, so that text which every editor and every
/// review shows as a comment would be live (PLATFORM section 11); bidirectional controls show a line
/// in another order than it is read in. None of these has a use in a declaration.
struct ByteGate {
  private(set) var lineStarts: [UInt32] = [0]
  private(set) var isASCII = true
  private(set) var faults: [YAMLFault] = []

  /// After so many the rest says nothing new.
  private static let mostFaults = 20

  /// Reads all bytes; more than 4 GiB are refused before.
  mutating func pass(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { unsafe scan($0) }
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    var position = 0
    let count = bytes.count
    while position < count {
      let byte = unsafe bytes[position]
      if byte >= 0x20, byte < 0x7F {
        position += 1
      } else if byte == 0x0A {
        position += 1
        lineStarts.append(UInt32(truncatingIfNeeded: position))
      } else if byte < 0x80 {
        unsafe control(byte, at: &position, in: bytes)
      } else {
        isASCII = false
        unsafe beyondASCII(at: &position, in: bytes)
      }
    }
  }

  private mutating func control(
    _ byte: UInt8,
    at position: inout Int,
    in bytes: UnsafeBufferPointer<UInt8>
  ) {
    let start = position
    position += 1
    switch byte {
    case 0x09: break
    case 0x0D:
      // A carriage return alone is a line's end for libyaml too.
      if position < bytes.count, unsafe bytes[position] == 0x0A { position += 1 }
      lineStarts.append(UInt32(truncatingIfNeeded: position))
    default: report(.forbiddenCharacter(UInt32(byte)), at: start, count: 1)
    }
  }

  private mutating func beyondASCII(
    at position: inout Int,
    in bytes: UnsafeBufferPointer<UInt8>
  ) {
    guard let (scalar, width) = unsafe UTF8Sequence.decode(bytes, at: position) else {
      report(.invalidUTF8, at: position, count: 1)
      position += 1
      return
    }
    if scalar == 0xFEFF {
      report(.byteOrderMark, at: position, count: width)
    } else if ForbiddenCharacters.contains(scalar) {
      report(.forbiddenCharacter(scalar), at: position, count: width)
    }
    position += width
  }

  private mutating func report(_ kind: YAMLFault.Kind, at offset: Int, count: Int) {
    guard faults.count < Self.mostFaults else { return }
    // A run of broken bytes is one fault.
    if kind == .invalidUTF8, let last = faults.last, last.kind == .invalidUTF8,
      last.offset + last.byteCount == offset
    {
      faults[faults.count - 1].byteCount += count
      return
    }
    faults.append(YAMLFault(kind, offset: offset, byteCount: count))
  }
}
