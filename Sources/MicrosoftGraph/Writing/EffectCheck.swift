internal import Access

/// How to see whether a tenant is as a change wants it, whatever a refusal says.
struct EffectCheck: Sendable {
  /// What to ask for first.
  let read: GraphRead
  /// Whether the change wants that nothing is found.
  private var wantsAbsence = false
  private let look: @Sendable (GraphReply) -> Look

  /// What one reply shows.
  private enum Look {
    case found(Bool)
    /// It may be on the next page.
    case notHere(next: String)
    case unreadable
  }

  enum Answer: Hashable, Sendable {
    case fulfilled(Bool)
    case ask(GraphRead)
    /// The reply does not tell.
    case unknown
  }

  /// Judges the reply to `read`, which is the first or one of the pages after it.
  func answer(_ reply: GraphReply, to read: GraphRead, in endpoints: GraphEndpoints) -> Answer {
    switch look(reply) {
    case .found(let isFound): .fulfilled(isFound != wantsAbsence)
    case .notHere(let link): read.next(link, in: endpoints).map { .ask($0) } ?? .unknown
    case .unreadable: .unknown
    }
  }

  /// The check for the opposite change.
  var inverted: Self {
    var check = self
    check.wantsAbsence.toggle()
    return check
  }

  /// An account as it was read, of which `nil` is one that is not there.
  static func account(
    _ user: UserID,
    _ isFulfilled: @escaping @Sendable (GraphUser.Changeable?) -> Bool
  ) -> Self {
    object(.account(user), isFulfilled)
  }

  static func sponsor(_ sponsor: UserID, of user: UserID) -> Self {
    list(.sponsors(user)) { (item: DirectoryObject) in item.id.id == sponsor }
  }

  static func membership(of user: UserID, _ group: GroupID) -> Self {
    list(.memberships(user)) { (item: DirectoryObject) in item.group == group }
  }

  static func assignment(
    of user: UserID,
    _ app: ServicePrincipalID,
    _ isIt: @escaping @Sendable (GraphAppRoleAssignment) -> Bool
  ) -> Self {
    list(.userAssignments(user, on: app), isIt)
  }

  static func packageAssignment(of user: UserID, _ package: AccessPackageID) -> Self {
    list(.packageAssignments(package, of: user)) { (_: GraphPackageAssignment) in true }
  }

  static func endOfPackageAssignment(_ assignment: PackageAssignmentID) -> Self {
    object(.packageAssignment(assignment)) { (item: GraphPackageAssignment?) in
      item == nil || item?.state == "expired"
    }
  }

  private static func object<Item: GraphModel>(
    _ read: GraphRead,
    _ isFulfilled: @escaping @Sendable (Item?) -> Bool
  ) -> Self {
    Self(read: read) { reply in
      if reply.status == 404 { return .found(isFulfilled(nil)) }
      guard let item = reply.content as? Item else { return .unreadable }
      return .found(isFulfilled(item))
    }
  }

  private static func list<Item: GraphModel>(
    _ read: GraphRead,
    _ isIt: @escaping @Sendable (Item) -> Bool
  ) -> Self {
    Self(read: read) { reply in
      // An account that is not there has no references.
      if reply.status == 404 { return .found(false) }
      guard let page = reply.content as? Page<Item> else { return .unreadable }
      if page.value.contains(where: isIt) { return .found(true) }
      return page.nextLink.map { .notHere(next: $0) } ?? .found(false)
    }
  }

  private init(read: GraphRead, _ look: @escaping @Sendable (GraphReply) -> Look) {
    self.read = read
    self.look = look
  }
}

extension ReadChannel {
  /// How many pages of a list are looked through.
  private static let pages = 100

  /// Answers each check; `nil` where it cannot be seen.
  func answers(_ checks: [EffectCheck?]) async -> [Bool?] {
    var answers = [Bool?](repeating: nil, count: checks.count)
    var pending: [(index: Int, check: EffectCheck, read: GraphRead)] = []
    for (index, check) in checks.enumerated() {
      if let check { pending.append((index, check, check.read)) }
    }
    for _ in 0..<Self.pages where !pending.isEmpty {
      var further: [(index: Int, check: EffectCheck, read: GraphRead)] = []
      while !pending.isEmpty {
        let load = pending.prefix(GraphMessage.largestBatch)
        pending.removeFirst(load.count)
        for (item, result) in zip(load, await fetchEach(load.map(\.read))) {
          guard case .success(let reply) = result else { continue }
          switch item.check.answer(reply, to: item.read, in: endpoints) {
          case .fulfilled(let isFulfilled): answers[item.index] = isFulfilled
          case .ask(let read): further.append((item.index, item.check, read))
          case .unknown: break
          }
        }
      }
      pending = further
    }
    return answers
  }
}
