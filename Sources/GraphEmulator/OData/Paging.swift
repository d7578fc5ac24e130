internal import Crypto
internal import JSON

/// How much of a list one reply shows, and where it starts.
struct Paging {
  let top: Int
  let token: PageToken?
  private let call: Call

  /// - Throws: 400 for a page size out of range and for a token that is damaged or of another list.
  init(_ call: Call, _ list: List) throws {
    self.call = call
    let wanted = call.query.top ?? list.defaultTop
    top = min(wanted, list.silentMaximum)
    guard (1...list.maximumTop).contains(wanted) else {
      throw GraphFailure.unsupportedQuery(
        "Invalid page size specified: '\(wanted)'. Must be between 1 and \(list.maximumTop) "
          + "inclusive."
      )
    }
    token = try call.query.skipToken.map { text in
      guard let token = OpaqueToken.decode(PageToken.self, text),
        token.fingerprint == Self.fingerprint(call)
      else {
        throw GraphFailure.badRequest("Invalid value '\(text)' for $skiptoken query option found.")
      }
      return token
    }
  }

  private static func fingerprint(_ call: Call) -> UInt64 {
    SeededGenerator.digest(([call.path[...]] + call.query.repeated).joined(separator: "&").utf8)
  }

  func nextLink(after last: Item) -> String {
    let token = PageToken(
      number: last.number,
      fingerprint: Self.fingerprint(call),
      key: Ordering(call.query.orderBy)?.key(of: last) ?? []
    )
    let parameters =
      call.query.repeated.map(String.init) + ["$skiptoken=\(OpaqueToken.encode(token))"]
    return "\(call.address)?\(parameters.joined(separator: "&"))"
  }
}

/// A request's `$orderby`.
struct Ordering {
  private let parts: [QueryOptions.Ordering]

  /// Nil where the request asks for no order.
  init?(_ parts: [QueryOptions.Ordering]) {
    guard !parts.isEmpty else { return nil }
    self.parts = parts
  }

  /// The texts by which an item sorts.
  func key(of item: Item) -> [String] {
    parts.map { part in
      let value = item.properties[part.property]
      return (value?.string ?? value.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "")
        .lowercased()
    }
  }

  /// Sorts, and drops what a former page has shown.
  func sorted(_ items: [Item], after token: PageToken?) -> [Item] {
    let keyed = items.map { (key: key(of: $0), item: $0) }.sorted {
      precedes(($0.key, $0.item.number), ($1.key, $1.item.number))
    }
    guard let token else { return keyed.map(\.item) }
    return keyed.filter { precedes((token.key, token.number), ($0.key, $0.item.number)) }
      .map(\.item)
  }

  private func precedes(_ left: ([String], UInt64), _ right: ([String], UInt64)) -> Bool {
    for (part, (first, second)) in zip(parts, zip(left.0, right.0)) where first != second {
      return (first < second) != part.isDescending
    }
    return left.1 < right.1
  }
}

/// Where a page ended: what an opaque `$skiptoken` carries.
struct PageToken: Codable {
  /// The number of the last item shown.
  let number: UInt64
  /// Of the request that it continues, so that a token fits no other.
  let fingerprint: UInt64
  /// The sort key of the last item, where the list is ordered.
  let key: [String]
}

/// The text in which a token travels to a client and back.
enum OpaqueToken {
  static func encode(_ token: some Encodable) -> String {
    Base64URL.encode((try? CanonicalJSONEncoder().encode(token)) ?? [])
  }

  static func decode<Token: Decodable>(_ type: Token.Type, _ text: String) -> Token? {
    Base64URL.decode(text).flatMap { try? ForeignJSONDecoder().decode(type, from: $0) }
  }
}
