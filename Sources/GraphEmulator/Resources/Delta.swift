internal import Crypto

/// Delta queries over users, groups, service principals and all of them (FACTS section 2.3).
enum Delta {
  static let operations =
    [
      delta(
        .user,
        "User.Read.All | User.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All"
      ),
      delta(
        .group,
        """
        Directory.Read.All | Directory.ReadWrite.All | Group-NestingSupport.ReadWrite.All
        | Group-PreferredDataLocation.ReadWrite.All | Group.ManageProtection.All | Group.Read.All
        | Group.ReadBasic.All | Group.ReadWrite.All | GroupMember.Read.All
        """
      ), delta(.servicePrincipal, ServicePrincipals.reading),
      Operation(
        "GET /directoryObjects/delta()",
        "Directory.Read.All | Directory.ReadWrite.All"
      ) { call, tenant in
        let kinds: [ObjectKind] = [.user, .group, .servicePrincipal, .application, .contact]
        return try answer(call, tenant, kinds, "directoryObjects")
      },
    ]

  private static func delta(_ kind: ObjectKind, _ permissions: AcceptedPermissions) -> Operation {
    Operation("GET /\(kind.traits.path)/delta()", permissions) { call, tenant in
      try answer(call, tenant, [kind], kind.traits.path)
    }
  }

  /// The service chooses the size of a page itself.
  private static let pageSize = 200
  /// Members of one group that one item shows.
  private static let memberSlice = 500
  /// How long a token of directory objects lives.
  static let lifetimeSeconds: Int64 = 7 * 86_400

  private static func answer(
    _ call: Call,
    _ tenant: Tenant,
    _ kinds: [ObjectKind],
    _ name: String
  ) throws -> Reply {
    let text = call.query.skipToken ?? call.query.deltaToken
    // An empty token is the fresh start that a 410 points to.
    let isFresh = text.map { $0.isEmpty || $0.lowercased() == "latest" } ?? true
    var token =
      try isFresh
      ? Token(try Query(call.query, kinds), tenant)
      : Token(text ?? "", kinds, tenant)
    var items: [JSONValue] = []
    var isLast = true
    if text?.lowercased() != "latest" {
      isLast =
        token.isListing ? list(&token, tenant, &items) : changes(&token, call, tenant, &items)
    }
    if isLast { token.isListing = false }
    // What FACTS section 2.3 tells clients to bear.
    if call.reorders {
      items = items.reversed() + items.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
    }
    let parameter = isLast ? "$deltatoken" : "$skiptoken"
    let suffix = token.query.select.map { "(\($0.joined(separator: ",")))" } ?? ""
    return Reply(
      200,
      [
        "@odata.context": .string(call.metadata + name + suffix),
        isLast ? "@odata.deltaLink" : "@odata.nextLink":
          .string("\(call.address)?\(parameter)=\(token.text(now: tenant.now))"),
        "value": .array(items),
      ]
    )
  }

  /// Adds a page of the first round, which shows everything that is there; true at the end.
  private static func list(
    _ token: inout Token,
    _ tenant: Tenant,
    _ items: inout [JSONValue]
  ) -> Bool {
    let query = token.query
    let found = query.kinds.flatMap { kind in
      (tenant.order[kind] ?? []).after(token.after).lazy.compactMap { tenant.live($0.id) }
        .filter { query.tracks($0.kind, $0.id) }.prefix(pageSize + 1)
    }
    for object in found.sorted(by: { $0.number < $1.number }) {
      guard items.count < pageSize else { return false }
      var members: [JSONValue] = []
      if query.includesMembers {
        let places = tenant.members.rights(of: object.id, after: token.member)
        members = places.prefix(memberSlice).compactMap { place in
          tenant.live(place.id).map { member($0.id, $0.kind, isAdded: true) }
        }
        if places.count > memberSlice {
          items.append(item(object, query, query.names(of: object.kind), members))
          token.member = places[places.startIndex + memberSlice - 1].number
          return false
        }
      }
      items.append(item(object, query, query.names(of: object.kind), members))
      token.member = 0
      token.after = object.number
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
    let query = token.query
    let since = token.version
    let isMinimal = call.headers["prefer"]?.contains("return=minimal") == true
    for change in tenant.changes.after(since) where query.tracks(change.kind, change.id) {
      let names = query.names(of: change.kind)
      let changed = Set(change.properties.filter { $0.value > since }.keys)
      let members =
        query.includesMembers ? change.members.filter { $0.value.version > since } : [:]
      let isNew = change.created > since
      let live = tenant.live(change.id)
      guard live == nil || isNew || !members.isEmpty || !changed.isDisjoint(with: names) else {
        continue
      }
      guard items.count < pageSize else { return false }
      token.version = change.version
      guard let live else {
        let reason: JSONValue = change.isPurged ? "deleted" : "changed"
        let type =
          query.kinds.count > 1
          ? [JSONValue.Member("@odata.type", .string(change.kind.annotation))] : []
        items.append(
          .object(
            type + [.init("id", .string(change.id.text)), .init("@removed", ["reason": reason])]
          )
        )
        continue
      }
      let shown = isMinimal && !isNew ? names.filter { changed.contains($0) || $0 == "id" } : names
      let slice = members.sorted { $0.value.version < $1.value.version }.map { id, one in
        member(id, one.kind, isAdded: one.isAdded)
      }
      items.append(item(live, query, shown, slice))
    }
    token.version = tenant.changes.version
    return true
  }

  /// Shows an object; what was never set is left out altogether.
  private static func item(
    _ object: DirectoryObject,
    _ query: Query,
    _ names: [String],
    _ members: [JSONValue]
  ) -> JSONValue {
    var shown: [JSONValue.Member] = []
    if query.kinds.count > 1 { shown.append(.init("@odata.type", .string(object.kind.annotation))) }
    for name in Set(names).sorted() {
      if let value = object.properties[name] { shown.append(.init(name, value)) }
    }
    if !members.isEmpty { shown.append(.init("members@delta", .array(members))) }
    return .object(shown)
  }

  private static func member(_ id: ObjectID, _ kind: ObjectKind, isAdded: Bool) -> JSONValue {
    let known: [JSONValue.Member] = [
      .init("@odata.type", .string(kind.annotation)), .init("id", .string(id.text)),
    ]
    return .object(isAdded ? known : known + [.init("@removed", ["reason": "deleted"])])
  }

  /// What a delta query tracks: fixed by its first request, carried on by its tokens.
  private struct Query {
    var kinds: [ObjectKind]
    /// Nil tracks the default properties.
    var select: [String]?
    /// Nil tracks every object of the kinds.
    var ids: Set<ObjectID>?

    /// The most identifiers that a filter may name.
    private static let idLimit = 50

    init(kinds: [ObjectKind], select: [String]?, ids: Set<ObjectID>?) {
      self.kinds = kinds
      self.select = select
      self.ids = ids
    }

    /// Reads the options of a first request.
    ///
    /// - Throws: 400 for options that delta queries do not know.
    init(_ query: QueryOptions, _ all: [ObjectKind]) throws {
      for name in ["top", "expand", "orderby", "search", "skip"] where query.names.contains(name) {
        throw GraphFailure.unsupportedQuery(
          "The query option '$\(name)' is not supported by a delta query."
        )
      }
      kinds = all
      select = query.select
      if let filter = query.filter {
        var parts = [filter]
        if case .or(let alternatives) = filter { parts = alternatives }
        let named = parts.compactMap { part -> ObjectKind? in
          guard case .isOf(let name) = part else { return nil }
          return ObjectKind(spelling: name)
        }
        if all.count > 1, named.count == parts.count {
          kinds = named
        } else {
          ids = try Self.ids(parts)
        }
      }
      for name in select ?? [] {
        guard kinds.contains(where: { $0.type.property(name) != nil }) else {
          throw GraphFailure.unknownProperty(name, kinds[0].type)
        }
      }
    }

    /// Reads the parts of `id eq '…' or id eq '…'`.
    private static func ids(_ parts: [Filter]) throws -> Set<ObjectID> {
      guard parts.count <= idLimit else {
        throw GraphFailure.badRequest(
          "The filter of a delta query may name at most \(idLimit) objects."
        )
      }
      return Set(
        try parts.map { part in
          guard case .compare(["id"], .equal, let literal) = part,
            let id = literal.text.flatMap({ ObjectID($0) })
          else {
            throw GraphFailure.unsupportedQuery(
              "A delta query can be filtered by identifiers only."
            )
          }
          return id
        }
      )
    }

    /// Whether the members of groups are reported.
    var includesMembers: Bool { kinds == [.group] && select?.contains("members") ?? true }

    func tracks(_ kind: ObjectKind, _ id: ObjectID) -> Bool {
      kinds.contains(kind) && ids?.contains(id) ?? true
    }

    func names(of kind: ObjectKind) -> [String] {
      if let select { return ["id"] + select }
      return kind.traits.shown
        ?? kind.type.properties.filter { !$0.isNavigation && !$0.isBeta }.map(\.name)
    }
  }

  /// What an opaque token carries: the query, and how far it has got.
  private struct Token {
    let query: Query
    /// Whether the first round is still under way.
    var isListing: Bool
    /// Changes up to this one are known to the client.
    var version: UInt64
    /// In the first round: the number of the last object, and of the last member of the next one.
    var after: UInt64 = 0
    var member: UInt64 = 0

    init(_ query: Query, _ tenant: Tenant) {
      self.query = query
      isListing = true
      version = tenant.changes.version
    }

    func text(now: Timestamp) -> String {
      let numbers = [isListing ? 1 : 0, version, after, member, UInt64(max(0, now.milliseconds))]
      var json: [String: JSONValue] = [
        "k": .array(query.kinds.map { .string($0.rawValue) }),
        "n": .array(numbers.map { .string(String($0)) }),
      ]
      if let select = query.select { json["s"] = .array(select.map { .string($0) }) }
      if let ids = query.ids { json["i"] = .array(ids.map { .string($0.text) }) }
      return Base64URL.encode(JSONValue.object(json).bytes)
    }

    /// - Throws: 400 for a token that is damaged, of another list, or has outlived its week.
    init(_ text: String, _ kinds: [ObjectKind], _ tenant: Tenant) throws {
      guard let json = Base64URL.decode(text).flatMap({ try? JSONParser.parse($0) }),
        let tracked = json["k"]?.array?.compactMap({
          $0.string.flatMap { ObjectKind(rawValue: $0) }
        }),
        !tracked.isEmpty, tracked.allSatisfy({ kinds.contains($0) }),
        let numbers = json["n"]?.array?.compactMap({ $0.string.flatMap { UInt64($0) } }),
        numbers.count == 5
      else {
        throw GraphFailure(400, "Directory_InvalidDeltaToken", "The delta token is not valid.")
      }
      query = Query(
        kinds: tracked,
        select: json["s"]?.array?.compactMap(\.string),
        ids: json["i"]?.array.map { Set($0.compactMap { $0.string.flatMap { ObjectID($0) } }) }
      )
      isListing = numbers[0] == 1
      (version, after, member) = (numbers[1], numbers[2], numbers[3])
      let issuedAt = Timestamp(milliseconds: Int64(clamping: numbers[4]))
      guard tenant.now < issuedAt.adding(seconds: Delta.lifetimeSeconds),
        version >= tenant.changes.floor, version <= tenant.changes.version
      else {
        throw GraphFailure(
          400,
          "syncStateNotFound",
          "The sync state generation is not found; start a new round without a token."
        )
      }
    }
  }
}

/// What happened to each object since the tenant was loaded, for delta queries.
struct ChangeTable: Sendable {
  struct Change: Sendable {
    let id: ObjectID
    let kind: ObjectKind
    /// Of the latest thing that happened.
    var version: UInt64 = 0
    /// Of its creation, or of when it was restored.
    var created: UInt64 = 0
    var isPurged = false
    /// When each property changed last.
    var properties: [String: UInt64] = [:]
    var members: [ObjectID: (kind: ObjectKind, isAdded: Bool, version: UInt64)] = [:]
    var at: Timestamp
  }

  enum Event {
    case created, deleted, purged
    case updated([String])
    case member(DirectoryObject, isAdded: Bool)
  }

  private var changes: [ObjectID: Change] = [:]
  /// Counts every change.
  private(set) var version: UInt64 = 0
  /// Before this version nothing is known any more.
  private(set) var floor: UInt64 = 0
  private var pruneAt = 20_000

  /// Notes what happened to an object.
  mutating func note(_ object: DirectoryObject, _ event: Event, _ now: Timestamp) {
    version += 1
    var change =
      changes.removeValue(forKey: object.id) ?? Change(id: object.id, kind: object.kind, at: now)
    change.version = version
    change.at = now
    switch event {
    case .created: change.created = version
    case .deleted: break
    case .purged: change.isPurged = true
    case .updated(let names): for name in names { change.properties[name] = version }
    case .member(let member, let isAdded):
      change.members[member.id] = (member.kind, isAdded, version)
    }
    changes[object.id] = change
    prune(now)
  }

  /// Forgets everything: what a scenario brings is no change.
  mutating func forget() {
    changes = [:]
    floor = version
  }

  /// The objects to which something happened after a version, in that order.
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
