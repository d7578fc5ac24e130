/// The kinds of directory objects that the emulator holds; each is described in a file of its own.
enum ObjectKind: String, CaseIterable, Sendable {
  case user, group, servicePrincipal, application, directoryRole
  case contact = "orgContact"

  /// What a kind is called, how it is looked up, and what it has at first.
  struct Traits: Sendable {
    /// The path of its set, and its name in `@odata.context`.
    let path: String
    /// Its name in the directory's own URLs and messages.
    let directoryName: String
    /// Its name in the audit log.
    let auditName: String
    /// The category of its entries there.
    let auditCategory: String
    /// What a reply shows where nothing is selected; nil represents every property.
    var shown: [String]?
    /// Properties by which objects are found without a look at all of them.
    var indexed: [String] = []
    /// Properties that the directory does not filter by, since their pages do not say that it does.
    var unfiltered: Set<String> = []
    /// Properties that may represent the identifier: `users(userPrincipalName='…')`.
    var alternateKeys: [String] = []
    /// Whether a deleted one can be restored.
    var isRestorable = true
    /// Adds what every object of the kind has and a scenario need not say.
    var complete: @Sendable (_ given: JSONValue, _ tenant: inout Tenant) -> [String: JSONValue] = {
      _,
      _ in [:]
    }
  }

  var traits: Traits {
    switch self {
    case .user: Users.traits
    case .group: Groups.traits
    case .servicePrincipal: ServicePrincipals.traits
    case .application: Applications.traits
    case .directoryRole: DirectoryRoles.traits
    case .contact: Contacts.traits
    }
  }

  var type: GraphType { Self.types[self] ?? GraphTypes.directoryObject }

  private static let types = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, GraphTypes.known($0.rawValue)) }
  )

  /// The name as annotations carry it, such as `#microsoft.graph.user`.
  var annotation: String { "#microsoft.graph.\(rawValue)" }

  /// Finds the kind of `user`, `graph.user` or `#microsoft.graph.user`.
  init?(spelling: String) {
    var name = spelling[...]
    if name.hasPrefix("#") { name = name.dropFirst() }
    for prefix in ["microsoft.graph.", "graph."] where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
    }
    self.init(rawValue: String(name))
  }
}
