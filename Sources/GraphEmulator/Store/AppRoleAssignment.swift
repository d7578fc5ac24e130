internal import Crypto

/// One app role given to a user, a group or a service principal.
struct AppRoleAssignment: Sendable {
  let principal: Handle
  let resource: Handle
  let role: ObjectID
  let createdAt: Timestamp
  /// Tells the assignments of one principal apart; zero marks a removed one.
  var token: UInt64

  var isAlive: Bool { token != 0 }

  /// The identifier as Graph shapes it: base64url of 32 bytes of which the first half is the
  /// principal's identifier.
  func id(principal: ObjectID) -> String {
    let words = [
      principal.high, principal.low, SeededGenerator.mix(token), SeededGenerator.mix(~token),
    ]
    return Base64URL.encode(
      words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
      }
    )
  }

  /// The principal's identifier in an assignment's identifier; nil for what is none.
  static func principal(inID id: String) -> ObjectID? {
    guard let bytes = Base64URL.decode(id), bytes.count == 32 else { return nil }
    let words = stride(from: 0, to: 16, by: 8).map { start in
      bytes[start..<(start + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    return ObjectID(high: words[0], low: words[1])
  }
}
