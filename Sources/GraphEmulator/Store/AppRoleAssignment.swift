internal import Crypto

/// One app role given to a user, a group or a service principal.
struct AppRoleAssignment: Sendable {
  let principal: Handle
  let resource: Handle
  let role: ObjectID
  let createdAt: Timestamp
  /// Tells the assignments of the tenant apart; zero marks a removed one.
  var token: UInt64

  var isAlive: Bool { token != 0 }

  /// An odd number, so that multiplying by it loses nothing.
  private static let scatter: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// What undoes the multiplication (Newton's iteration doubles the right bits each time).
  private static let gather: UInt64 = (0..<6).reduce(scatter) { guess, _ in
    guess &* (2 &- scatter &* guess)
  }

  /// The identifier as Graph shapes it: base64url of 32 bytes of which the first half is the
  /// principal's identifier.
  func id(principal: ObjectID) -> String {
    let words = [
      principal.high, principal.low, token &* Self.scatter, SeededGenerator.mix(token),
    ]
    return Base64URL.encode(
      words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
      }
    )
  }

  /// What an identifier of ours says; nil for any other.
  static func parts(ofID id: String) -> (principal: ObjectID, token: UInt64)? {
    guard let bytes = Base64URL.decode(id), bytes.count == 32 else { return nil }
    let words = stride(from: 0, to: 32, by: 8).map { start in
      bytes[start..<(start + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    let token = words[2] &* gather
    guard token != 0, SeededGenerator.mix(token) == words[3] else { return nil }
    return (ObjectID(high: words[0], low: words[1]), token)
  }
}
