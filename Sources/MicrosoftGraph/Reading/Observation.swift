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
  let normalise: @Sendable (String) -> EmailAddress?

  var serviceTime: Moment?
  var accounts: AccountTable = []
  var deleted: [UserID: DeletedAccount]?
  var apps: [AppID: ObservedApp] = [:]
  var groups: [GroupID: ObservedGroup] = [:]
  var members: [GroupID: Set<UserID>] = [:]
  var packages: [AccessPackageID: PackageRecord] = [:]
  var ties: [UserID: TieRecord] = [:]
  var lookedUp: Set<EmailAddress> = []
  private var seenAssignments: Set<String> = []
  private var extras: [String: Int] = [:]

  init(
    _ scope: ObservationScope,
    tenant: TenantID,
    endpoints: GraphEndpoints,
    readsContacts: Bool,
    normalise: @escaping @Sendable (String) -> EmailAddress?
  ) {
    self.scope = scope
    self.tenant = tenant
    self.endpoints = endpoints
    self.readsContacts = readsContacts
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
    if case .package(let id) = read.subject { return try absorbPackage(id, reply, read) }
    guard reply.status != 404 else { return try absorbAbsence(reply, read) }
    let page = try GraphPage(reply, of: read, in: endpoints)
    var reads = page.next.map { [$0] } ?? []
    for item in page.items { reads += try absorb(item, of: read) }
    if page.next == nil { reads += finished(read) }
    return reads
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
    case .guests, .apps, .groups, .deleted, .accounts, .address, .contact, .sponsors, .package,
      .packageAssignments:
      throw reply.error(read.operation)
    }
    return []
  }

  private mutating func absorb(
    _ item: JSONValue,
    of read: GraphRead
  ) throws(TenantError) -> [GraphRead] {
    let decoder = RecordDecoder(operation: read.operation, normalise: normalise)
    switch read.subject {
    case .guests, .accounts, .address:
      let account = try decoder.account(item, withSponsors: scope.readsSponsors)
      accounts.insert(account)
    case .contact:
      let contact = try decoder.contact(item)
      accounts.insert(contact)
    case .deleted:
      let record = try decoder.deletedAccount(item)
      deleted = deleted ?? [:]
      deleted?[record.account.id] = record
    case .apps:
      let app = try decoder.app(item)
      apps[app.id] = app
      return [.assignments(app.id, of: app.servicePrincipal)]
    case .assignments(let app):
      let assignment = try decoder.assignment(item)
      // A list that changes while it is paged may show one twice.
      if seenAssignments.insert(assignment.id).inserted {
        apps[app]?.assignments.append(assignment)
      }
    case .groups:
      let group = try decoder.group(item)
      groups[group.id] = group
    case .members(let group):
      if let user = try decoder.member(item) { members[group, default: []].insert(user) }
    case .packageAssignments(let package):
      let (user, assignment) = try decoder.packageAssignment(item)
      if let user { packages[package, default: PackageRecord()].assignments[user] = assignment }
    case .memberships(let user), .roles(let user), .owned(let user), .userAssignments(let user):
      try ties[user, default: TieRecord()].add(item, read.subject, decoder)
    case .sponsors, .package: break
    }
    return []
  }

  private mutating func absorbPackage(
    _ id: AccessPackageID,
    _ reply: GraphReply,
    _ read: GraphRead
  ) throws(TenantError) -> [GraphRead] {
    guard reply.status != 404 else { return [] }
    let decoder = RecordDecoder(operation: read.operation, normalise: normalise)
    guard let body = reply.body else { throw decoder.malformed("an access package without a body") }
    packages[id, default: PackageRecord()].content = try decoder.package(body)
    return []
  }

  /// What the end of a list makes askable: the guests come first, and only what they do not hold is
  /// looked for elsewhere.
  private mutating func finished(_ read: GraphRead) -> [GraphRead] {
    switch read.subject {
    case .guests: return readsBeyondGuests()
    case .deleted:
      deleted = deleted ?? [:]
    case .members(let group):
      members[group] = members[group] ?? []
    case .memberships(let user), .roles(let user), .owned(let user), .userAssignments(let user):
      ties[user] = ties[user] ?? TieRecord()
    case .apps, .groups, .accounts, .assignments, .address, .contact, .sponsors, .package,
      .packageAssignments:
      break
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
    let roles = Dictionary(apps.values.map { ($0.servicePrincipal, $0) }) { first, _ in first }
    for (id, record) in packages {
      state.packages[id] = record.observed(id, apps: roles)
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
