internal import Access
internal import YAML

/// What of a file the entries of other files depend on, and who is a guest in it: enough to leave
/// the file unread where two commits that have it in common are compared.
///
/// It depends on the file's bytes alone.
package struct FileOutline: Hashable, Sendable {
  /// The text without its guests, each thing on the line that it was on; empty where nothing else
  /// is declared.
  package var shared: [UInt8]
  /// How many guests each domain has.
  package var domains: [String: Int]
  /// The fingerprints of the guests' addresses, in order.
  package var addresses: [UInt32]

  package init(shared: [UInt8], domains: [String: Int], addresses: [UInt32]) {
    (self.shared, self.domains, self.addresses) = (shared, domains, addresses)
  }

  /// Reads a file; of one in which something is wrong that stops more than an entry, all is shared.
  package init(of bytes: [UInt8], limits: DeclarationLimits = DeclarationLimits()) {
    self.init(shared: bytes, domains: [:], addresses: [])
    var reading = YAMLReader(limits: limits.yaml).open(
      bytes,
      takingListOf: "guests",
      each: FileReader.partSize
    )
    var isSound = true
    while let part = reading.nextPart() {
      let declared = FileDeclarations(guests: part, path: "", file: 0)
      isSound = isSound && !declared.sink.stopsAll
      for guest in declared.guests.lazy.map(\.value.address) {
        domains[String(guest.domain), default: 0] += 1
        addresses.append(Self.fingerprint(of: guest.normalised))
      }
    }
    addresses.sort()
    let rest = reading.rest()
    guard isSound, rest.faults.isEmpty, let document = rest.document else { return }
    shared = Self.shared(of: bytes, document) ?? bytes
  }

  /// Thirty-two bits that are the same for the same text, and hardly ever for another.
  static func fingerprint(of text: String) -> UInt32 {
    text.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
  }

  /// The text without the list of guests; `nil` where it cannot be cut out.
  private static func shared(of bytes: [UInt8], _ document: Document) -> [UInt8]? {
    guard let root = document.root else { return [] }
    let start = document.range(of: root).lowerBound
    // The one line of a flow mapping has no place for a cut.
    guard document.kind(of: root) == .mapping, bytes[start] != UInt8(ascii: "{") else { return nil }
    let keys = document.children(of: root).enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let guests = keys.indices.filter { document.value(of: keys[$0], is: "guests") }
    guard guests.count <= 1 else { return nil }
    guard let position = guests.first else { return bytes }
    if keys.count == 1 { return [] }
    let from = document.range(of: keys[position]).lowerBound
    guard position + 1 < keys.count else { return Array(bytes[..<from]) }
    let to = document.range(of: keys[position + 1]).lowerBound
    let lines = bytes[from..<to].count { $0 == UInt8(ascii: "\n") }
    return bytes[..<from] + Array(repeating: UInt8(ascii: "\n"), count: lines) + bytes[to...]
  }
}
