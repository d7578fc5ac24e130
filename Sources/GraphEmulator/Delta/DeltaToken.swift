internal import Crypto

/// What the opaque tokens of delta queries carry: the query, and how far it has got.
struct DeltaToken: Sendable {
  let query: DeltaQuery
  let issuedAt: Timestamp
  let position: Position

  enum Position: Sendable {
    /// In the first round: after this object, and of the next one after this member.
    case listing(since: UInt64, cursor: UInt64, member: UInt64)
    /// Changes after this version.
    case changes(after: UInt64)
  }

  var text: String {
    var members: [JSONValue.Member] = [
      .init("k", .array(query.kinds.map { .string($0.typeName) })),
      .init("t", .number(String(issuedAt.milliseconds))),
    ]
    if let select = query.select { members.append(.init("s", .array(select.map { .string($0) }))) }
    if let ids = query.ids { members.append(.init("i", .array(ids.map { .string($0.text) }))) }
    let numbers: [UInt64] =
      switch position {
      case .listing(let since, let cursor, let member): [since, cursor, member]
      case .changes(let version): [version]
      }
    members.append(.init("p", .array(numbers.map { .number(String($0)) })))
    return Base64URL.encode(JSONValue.object(members).bytes)
  }

  init(query: DeltaQuery, issuedAt: Timestamp, position: Position) {
    self.query = query
    self.issuedAt = issuedAt
    self.position = position
  }

  /// Nil for what is no token of these kinds.
  init?(_ text: String, _ kinds: [ObjectKind]) {
    guard let bytes = Base64URL.decode(text), let json = try? JSONParser.parse(bytes),
      let names = json["k"]?.array, let moment = json["t"]?.integer,
      let numbers = json["p"]?.array
    else { return nil }
    let tracked = names.compactMap { $0.string.flatMap { ObjectKind(spelling: $0) } }
    guard !tracked.isEmpty, tracked.allSatisfy({ kinds.contains($0) }) else { return nil }
    let positions = numbers.compactMap { value -> UInt64? in
      guard case .number(let digits) = value else { return nil }
      return UInt64(digits)
    }
    switch positions.count {
    case 1: position = .changes(after: positions[0])
    case 3:
      position = .listing(since: positions[0], cursor: positions[1], member: positions[2])
    default: return nil
    }
    issuedAt = Timestamp(milliseconds: Int64(moment))
    let ids = json["i"]?.array.map { Set($0.compactMap { $0.string.flatMap { ObjectID($0) } }) }
    query = DeltaQuery(
      kinds: tracked,
      select: json["s"]?.array?.compactMap(\.string),
      ids: ids
    )
  }
}
