/// `/users/delta`: what happened to the users since a client asked last (FACTS section 2.3).
enum Delta {
  static let operations = [
    Operation(
      "GET /users/delta()",
      "User.Read.All | User.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All"
    ) { call, tenant in try answer(call, tenant) }
  ]

  /// The service chooses the size of a page itself.
  private static let pageSize = 200
  /// The most identifiers that a filter may name.
  private static let idLimit = 50
  /// How long a token lives.
  fileprivate static let lifetimeSeconds: Int64 = 7 * 86_400

  private static func answer(_ call: Call, _ tenant: Tenant) throws -> Reply {
    let text = call.query.skipToken ?? call.query.deltaToken ?? ""
    let wantsData = text.lowercased() != "latest"
    var token =
      // An empty token is the fresh start that a 410 points to.
      text.isEmpty || !wantsData ? try start(call.query, tenant) : try resume(text, tenant)
    var items: [JSONValue] = []
    var isLast = true
    if wantsData {
      isLast =
        token.isListing ? list(&token, tenant, &items) : changes(&token, call, tenant, &items)
    }
    if isLast { token.isListing = false }
    // What FACTS section 2.3 tells clients to bear.
    if call.reorders {
      items = items.reversed() + items.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
    }
    let suffix = token.select.map { "(\($0.joined(separator: ",")))" } ?? ""
    let parameter = isLast ? "$deltatoken" : "$skiptoken"
    return Reply(
      200,
      [
        "@odata.context": .string(call.metadata + "users" + suffix),
        isLast ? "@odata.deltaLink" : "@odata.nextLink":
          .string("\(call.address)?\(parameter)=\(OpaqueToken.encode(token))"),
        "value": .array(items),
      ]
    )
  }

  /// What a token carries: the query of the first request, and how far its client has got.
  private struct Token: Codable {
    /// Nil tracks the default properties.
    let select: [String]?
    /// Nil tracks every user.
    let ids: Set<String>?
    /// In milliseconds.
    var issuedAt: Int64
    /// Whether the first round is still under way.
    var isListing = true
    /// Changes up to this one are known to the client.
    var version: UInt64
    /// In the first round: the number of the last user shown.
    var after: UInt64 = 0

    func tracks(_ id: ObjectID) -> Bool { ids?.contains(id.text) ?? true }

    var names: [String] { select.map { ["id"] + $0 } ?? Users.traits.shown ?? [] }
  }

  /// - Throws: 400 for options that delta queries do not know.
  private static func start(_ query: QueryOptions, _ tenant: Tenant) throws -> Token {
    for name in ["top", "expand", "orderby", "search", "skip"] where query.names.contains(name) {
      throw GraphFailure.unsupportedQuery(
        "The query option '$\(name)' is not supported by a delta query."
      )
    }
    for name in query.select ?? [] where ObjectKind.user.type.property(name) == nil {
      throw GraphFailure.unknownProperty(name, ObjectKind.user.type)
    }
    return Token(
      select: query.select,
      ids: try query.filter.map { try ids($0) },
      issuedAt: tenant.now.milliseconds,
      version: tenant.changes.version
    )
  }

  /// Reads `id eq '…' or id eq '…'`.
  private static func ids(_ filter: Filter) throws -> Set<String> {
    var parts = [filter]
    if case .or(let alternatives) = filter { parts = alternatives }
    guard parts.count <= idLimit else {
      throw GraphFailure.badRequest(
        "The filter of a delta query may name at most \(idLimit) objects."
      )
    }
    return Set(
      try parts.map { part in
        guard case .compare(["id"], .equal, let literal) = part, let id = literal.text else {
          throw GraphFailure.unsupportedQuery("A delta query can be filtered by identifiers only.")
        }
        return id
      }
    )
  }

  /// - Throws: 400 for a token that is damaged or has outlived its week.
  private static func resume(_ text: String, _ tenant: Tenant) throws -> Token {
    guard var token = OpaqueToken.decode(Token.self, text) else {
      throw GraphFailure(400, "Directory_InvalidDeltaToken", "The delta token is not valid.")
    }
    let issuedAt = Timestamp(milliseconds: token.issuedAt)
    guard tenant.now < issuedAt.adding(seconds: lifetimeSeconds),
      (tenant.changes.floor...tenant.changes.version).contains(token.version)
    else {
      throw GraphFailure(
        400,
        "syncStateNotFound",
        "The sync state generation is not found; start a new round without a token."
      )
    }
    token.issuedAt = tenant.now.milliseconds
    return token
  }

  /// Adds a page of the first round, which shows everybody who is there; true at the end.
  private static func list(
    _ token: inout Token,
    _ tenant: Tenant,
    _ items: inout [JSONValue]
  ) -> Bool {
    for place in tenant.order[.user]?.after(token.after) ?? [] {
      guard let user = tenant.live(place.id), token.tracks(user.id) else { continue }
      guard items.count < pageSize else { return false }
      items.append(item(user, token.names))
      token.after = user.number
    }
    return true
  }

  /// Adds what changed since the token was given out; true at the end.
  private static func changes(
    _ token: inout Token,
    _ call: Call,
    _ tenant: Tenant,
    _ items: inout [JSONValue]
  ) -> Bool {
    let since = token.version
    let isMinimal = call.headers["prefer"]?.contains("return=minimal") == true
    for change in tenant.changes.after(since) where token.tracks(change.id) {
      let changed = token.names.filter { change.properties[$0, default: 0] > since }
      let isNew = change.created > since
      let user = tenant.live(change.id)
      guard user == nil || isNew || !changed.isEmpty else { continue }
      guard items.count < pageSize else { return false }
      token.version = change.version
      if let user {
        items.append(item(user, isMinimal && !isNew ? ["id"] + changed : token.names))
      } else {
        let reason: JSONValue = change.isPurged ? "deleted" : "changed"
        items.append(["id": .string(change.id.text), "@removed": ["reason": reason]])
      }
    }
    token.version = tenant.changes.version
    return true
  }

  /// Shows a user; what was never set is omitted altogether.
  private static func item(_ user: DirectoryObject, _ names: [String]) -> JSONValue {
    .object(user.properties.filter { names.contains($0.key) })
  }
}

/// What happened to each user since the tenant was loaded.
struct ChangeTable: Sendable {
  struct Change: Sendable {
    let id: ObjectID
    /// Of the latest thing that happened.
    var version: UInt64 = 0
    /// Of the creation, or of when it was restored.
    var created: UInt64 = 0
    var isPurged = false
    /// When each property changed last.
    var properties: [String: UInt64] = [:]
    var at: Timestamp
  }

  enum Event {
    case created, deleted, purged
    case updated([String])
  }

  private var changes: [ObjectID: Change] = [:]
  /// Counts every change.
  private(set) var version: UInt64 = 0
  /// Before this version nothing is known any more.
  private(set) var floor: UInt64 = 0
  private var pruneAt = 20_000

  mutating func note(_ object: DirectoryObject, _ event: Event, _ now: Timestamp) {
    guard object.kind == .user else { return }
    version += 1
    var change = changes.removeValue(forKey: object.id) ?? Change(id: object.id, at: now)
    change.version = version
    change.at = now
    switch event {
    case .created: change.created = version
    case .deleted: break
    case .purged: change.isPurged = true
    case .updated(let names): for name in names { change.properties[name] = version }
    }
    changes[object.id] = change
    prune(now)
  }

  /// Forgets everything: what a scenario brings is not a change.
  mutating func forget() {
    changes = [:]
    floor = version
  }

  /// What happened after a version, in that order.
  func after(_ version: UInt64) -> [Change] {
    changes.values.filter { $0.version > version }.sorted { $0.version < $1.version }
  }

  /// Drops what no living token can ask for, so that memory does not grow with the requests.
  private mutating func prune(_ now: Timestamp) {
    guard changes.count > pruneAt else { return }
    let oldest = now.adding(seconds: -Delta.lifetimeSeconds)
    for change in changes.values where change.at < oldest {
      floor = max(floor, change.version)
      changes[change.id] = nil
    }
    pruneAt = max(20_000, changes.count * 5 / 4)
  }
}
