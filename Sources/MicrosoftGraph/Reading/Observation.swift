internal import Access

/// A reading of a tenant in the making: what must be asked next, and what the answers add up to.
///
/// It does no input or output; `Crawl` carries its questions.
struct Observation {
  let scope: ObservationScope
  let tenant: TenantID
  let endpoints: GraphEndpoints
  /// Whether contacts may be asked about, which takes a permission of its own.
  let readsContacts: Bool
  /// The same of access packages.
  let readsPackages: Bool
  let normalise: GraphUser.Normalise
  /// How many entries all lists may have together.
  let maximumEntries: Int

  var serviceTime: Moment?
  var accounts: AccountTable = []
  var deleted: [UserID: DeletedAccount]?
  var apps: [AppID: ObservedApp] = [:]
  var groups: [GroupID: ObservedGroup] = [:]
  var members: [GroupID: Set<UserID>] = [:]
  var packages: [AccessPackageID: GraphAccessPackage] = [:]
  var packageAssignments: [AccessPackageID: [UserID: PackageAssignmentID]] = [:]
  var holdings = Holdings()
  var ties: [UserID: TieRecord] = [:]
  var lookedUp: Set<EmailAddress> = []
  private var entries = 0
  private var seenAssignments: Set<String> = []
  private var extras: [String: Int] = [:]

  init(
    _ scope: ObservationScope,
    tenant: TenantID,
    endpoints: GraphEndpoints,
    readsContacts: Bool,
    readsPackages: Bool = false,
    maximumEntries: Int,
    normalise: @escaping GraphUser.Normalise
  ) {
    self.scope = scope
    self.tenant = tenant
    self.endpoints = endpoints
    self.readsContacts = readsContacts
    self.readsPackages = readsPackages
    self.maximumEntries = maximumEntries
    self.normalise = normalise
  }

  /// What can be asked before anything is known.
  mutating func firstReads() -> [GraphRead] {
    var reads =
      scope.readsGuests
      ? [GraphRead.guests(withSponsors: scope.readsSponsors)] : readsBeyondGuests()
    reads += GraphRead.apps(scope.apps)
    reads += GraphRead.groups(scope.groups)
    reads += scope.groups.sorted().map { GraphRead.members($0) }
    if scope.readsDeleted { reads.append(.deleted()) }
    for package in scope.packages.sorted() {
      reads += [.package(package), .packageAssignments(package)]
    }
    if scope.readsHoldings, readsPackages { reads.append(.guestPackages) }
    reads += scope.ties.sorted().flatMap { GraphRead.ties($0) }
    return reads + scope.directoryRoles.subtracting(scope.ties).sorted().map { GraphRead.roles($0) }
  }

  /// What the list of guests does not hold, once that was read or where it is not.
  private mutating func readsBeyondGuests() -> [GraphRead] {
    lookedUp = scope.addresses
    if !lookedUp.isEmpty { for account in accounts.values { lookedUp.subtract(account.addresses) } }
    let withSponsors = scope.readsSponsors
    var reads = lookedUp.sorted().map { GraphRead.address($0, withSponsors: withSponsors) }
    if readsContacts { reads += lookedUp.sorted().map { GraphRead.contact($0) } }
    if !reads.isEmpty, !scope.readsDeleted { reads.append(.deleted()) }
    let wanted = scope.accounts.union(scope.ties).union(scope.directoryRoles)
    let missing = wanted.subtracting(accounts.keys)
    return reads + GraphRead.accounts(missing, withSponsors: withSponsors)
  }

  /// Takes in the reply to a read and yields what must be asked because of it.
  ///
  /// - Throws: for a reply that does not say what was asked; the whole reading is void then.
  mutating func absorb(
    _ reply: GraphReply,
    to read: GraphRead
  ) throws(TenantError) -> [GraphRead] {
    if serviceTime == nil { serviceTime = reply.serviceTime }
    if let extra = read.extra { extras[extra, default: 0] += 1 }
    guard reply.status != 404 else { return try absorbAbsence(reply, read) }
    guard reply.isSuccess else { throw reply.error(read.operation) }
    switch read.subject {
    case .guests, .accounts, .address, .contact, .deleted: return try absorbUsers(reply, read)
    case .members, .memberships, .guestGroups, .roles, .owned: return try absorbObjects(reply, read)
    case .assignments, .userAssignments, .guestRoles: return try absorbAssignments(reply, read)
    case .apps:
      return try absorb(GraphServicePrincipal.self, reply, read) { state, item in
        let app = item.app
        state.apps[app.id] = app
        return [.assignments(app.id, of: app.servicePrincipal)]
      }
    case .guestApps:
      return try absorb(GraphServicePrincipal.self, reply, read) { state, item in
        let app = item.app
        if state.apps[app.id] == nil { state.apps[app.id] = app }
        return []
      }
    case .groups:
      return try absorb(GraphGroup.self, reply, read) { state, item in
        state.groups[item.id.id] = item.group
        return []
      }
    case .packageAssignments(let package):
      return try absorb(GraphPackageAssignment.self, reply, read) { state, item in
        if let user = item.holder {
          state.packageAssignments[package, default: [:]][user] = item.id.id
        }
        return []
      }
    case .guestPackages:
      return try absorb(GraphPackageAssignment.self, reply, read) { state, item in
        guard let package = item.accessPackage?.id.id, let user = item.holder else { return [] }
        state.packageAssignments[package, default: [:]][user] = item.id.id
        let policy = item.assignmentPolicy?.id.id
        let isNew = state.holdings.add(package, by: policy, beside: state.scope)
        return isNew ? [.package(package)] : []
      }
    case .package(let id):
      guard let package = reply.content as? GraphAccessPackage else {
        throw malformed("an access package without a body", reply, read)
      }
      packages[id] = package
      return []
    case .sponsors, .account, .packageAssignment, .organisation: return []
    }
  }

  private mutating func absorbUsers(
    _ reply: GraphReply,
    _ read: GraphRead
  ) throws(TenantError) -> [GraphRead] {
    try absorb(GraphUser.self, reply, read) { state, user in
      switch read.subject {
      case .deleted:
        let record = user.deletedAccount(state.normalise)
        state.deleted = state.deleted ?? [:]
        state.deleted?[record.account.id] = record
      case .contact: state.accounts.insert(user.contact(state.normalise))
      default:
        let withSponsors = state.scope.readsSponsors
        state.accounts.insert(user.account(withSponsors: withSponsors, state.normalise))
      }
      return []
    }
  }

  private mutating func absorbObjects(
    _ reply: GraphReply,
    _ read: GraphRead
  ) throws(TenantError) -> [GraphRead] {
    try absorb(DirectoryObject.self, reply, read) { state, object in
      switch read.subject {
      case .members(let group):
        if object.type == nil || object.isKind("user") {
          state.members[group, default: []].insert(object.id.id)
        }
      case .guestGroups(let user):
        guard object.isKind("group") else { return [] }
        state.members[object.group, default: []].insert(user)
        let isNew = state.holdings.add(object.group, beside: state.scope)
        return isNew ? GraphRead.groups([object.group]) : []
      case .owned(let user): state.ties[user, default: TieRecord()].ownsObjects = true
      case .roles(let user):
        if object.isKind("directoryRole") {
          state.ties[user, default: TieRecord()].holdsDirectoryRole = true
        }
      case .memberships(let user):
        // An administrative unit is not access; a role is seen among the transitive memberships.
        if object.isKind("group") {
          state.ties[user, default: TieRecord()].groups.insert(object.group)
        }
      default: break
      }
      return []
    }
  }

  private mutating func absorbAssignments(
    _ reply: GraphReply,
    _ read: GraphRead
  ) throws(TenantError) -> [GraphRead] {
    try absorb(GraphAppRoleAssignment.self, reply, read) { state, item in
      switch read.subject {
      case .assignments(let app):
        guard let assignment = item.assignment else { return nil }
        // A list that changes while it is paged may show one twice.
        if state.seenAssignments.insert(assignment.id).inserted {
          state.apps[app]?.assignments.append(assignment)
        }
      case .guestRoles(let user):
        guard let resource = item.resourceId?.id, var assignment = item.assignment else {
          return nil
        }
        assignment.principal = .user(user)
        return state.holdings.add(assignment, of: resource) ? [.app(resource)] : []
      case .userAssignments(let user):
        guard let resource = item.resourceId else { return nil }
        state.ties[user, default: TieRecord()].resources.insert(resource.id)
      default: break
      }
      return []
    }
  }

  /// Takes in every item of a page, for which `nil` says that it does not hold what it must, and
  /// yields what follows: the next page, or what the end of the list makes askable.
  private mutating func absorb<Item: GraphModel>(
    _ type: Item.Type,
    _ reply: GraphReply,
    _ read: GraphRead,
    _ absorbItem: (inout Self, Item) -> [GraphRead]?
  ) throws(TenantError) -> [GraphRead] {
    guard let page = reply.content as? Page<Item> else {
      throw malformed("a page without its `value`", reply, read)
    }
    entries += max(read.isSmall ? 1 : 100, page.value.count)
    guard entries <= maximumEntries else {
      throw malformed("the lists do not end; the limit is \(maximumEntries) entries", reply, read)
    }
    var reads: [GraphRead] = []
    if let link = page.nextLink {
      guard let next = read.next(link, in: endpoints) else {
        throw malformed("a page whose next link does not lead onwards", reply, read)
      }
      reads.append(next)
    }
    for item in page.value {
      guard let more = absorbItem(&self, item) else {
        throw malformed("an app role assignment without its identifiers", reply, read)
      }
      reads += more
    }
    return page.nextLink == nil ? reads + finished(read) : reads
  }

  private func malformed(
    _ message: String,
    _ reply: GraphReply,
    _ read: GraphRead
  ) -> TenantError {
    TenantError(
      .malformedReply,
      operation: read.operation.words,
      status: reply.status,
      message: message,
      requestID: reply.requestID
    )
  }

  /// Leaves out what is not there although it was asked for by name: a group of the catalog, an app
  /// that was deleted meanwhile, an account whose ties were asked for.
  ///
  /// - Throws: where a list itself is not there.
  private mutating func absorbAbsence(
    _ reply: GraphReply,
    _ read: GraphRead
  ) throws(TenantError) -> [GraphRead] {
    switch read.subject {
    case .members(let group):
      members[group] = nil
      groups[group] = nil
    case .assignments(let app): apps[app] = nil
    case .memberships(let user), .roles(let user), .owned(let user), .userAssignments(let user):
      ties[user] = nil
    // A guest who was deleted meanwhile.
    case .guestGroups(let user), .guestRoles(let user): accounts.remove(user)
    case .package: break
    case .guests, .apps, .groups, .deleted, .accounts, .address, .contact, .sponsors,
      .packageAssignments, .account, .packageAssignment, .guestApps, .guestPackages, .organisation:
      throw reply.error(read.operation)
    }
    return []
  }

  /// What the end of a list makes askable: the guests come first, and only what they do not hold is
  /// looked for elsewhere.
  private mutating func finished(_ read: GraphRead) -> [GraphRead] {
    switch read.subject {
    case .guests:
      let guests = scope.readsHoldings ? accounts.keys.sorted() : []
      return readsBeyondGuests() + guests.flatMap { GraphRead.holdings(of: $0) }
    case .deleted:
      deleted = deleted ?? [:]
    case .members(let group):
      members[group] = members[group] ?? []
    case .memberships(let user), .roles(let user), .owned(let user), .userAssignments(let user):
      ties[user] = ties[user] ?? TieRecord()
    default: break
    }
    return []
  }

  /// Everything that was read, once nothing is left to ask.
  func state(cost: ReadCost) -> TenantState {
    var cost = cost
    cost.extras = extras.sorted { $0.key < $1.key }
      .map { ReadCost.Extra(purpose: $0.key, requests: $0.value) }
    var state = TenantState(
      tenant: tenant,
      serviceTime: serviceTime,
      accounts: accounts,
      deleted: deleted,
      apps: apps,
      groups: groups,
      lookedUp: lookedUp,
      cost: cost
    )
    for (id, users) in members { state.groups[id]?.members = users }
    holdings.complete(&state, beside: scope)
    let roles = Dictionary(apps.values.map { ($0.servicePrincipal, $0) }) { first, _ in first }
    for (id, package) in packages {
      state.packages[id] = ObservedPackage(
        id: id,
        displayName: package.displayName ?? "",
        assignments: packageAssignments[id] ?? [:],
        policy: holdings.policy(of: id),
        resources: Set(package.groups.map { .group($0) } + package.roles(roles))
      )
    }
    let managed = Managed(
      apps: roles,
      groups: scope.groups,
      packages: state.packages,
      known: scope.known
    )
    for (id, record) in ties {
      let ties = record.ties(outside: managed)
      state.accounts[id]?.holdsDirectoryRole = ties.holdsDirectoryRole
      if scope.ties.contains(id) { state.accounts[id]?.ties = ties }
    }
    return state
  }
}
