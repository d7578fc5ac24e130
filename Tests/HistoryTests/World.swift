import Access
import FoundationEssentials
import Git
import History
import TestSupport

/// A repository of declarations that a test writes commit by commit.
struct World {
  let folder: TemporaryFolder
  let git: GitFixture

  init() async throws {
    folder = try TemporaryFolder()
    git = try await GitFixture(at: folder.path("work"), home: folder.path)
  }

  static let tenant = "5b2a9c3e-0000-4000-8000-000000000001"
  static let otherTenant = "5b2a9c3e-0000-4000-8000-000000000002"
  static let expenses = "0f3c0000-0000-4000-8000-000000000010"
  static let wiki = "0f3c0000-0000-4000-8000-000000000011"
  static let suppliers = "7a000000-0000-4000-8000-000000000020"

  /// The file that names the tenant.
  static func root(_ tenant: String = World.tenant) -> String {
    """
    version: 1
    tenant: {id: \(tenant), name: Contoso, domains: [contoso.example], ref: main}

    """
  }

  static let catalog = """
    apps:
      expenses: {appId: \(expenses)}
      wiki: {appId: \(wiki)}
    groups:
      suppliers: {id: \(suppliers)}
    bundles:
      supplier: {apps: ["expenses:Submitter"], groups: [suppliers]}

    """

  /// A file with guests, one line each.
  static func guests(_ items: String...) -> String {
    "guests:\n" + items.map { "  - {email: \($0)}\n" }.joined()
  }

  /// The first commit: tenant and catalog.
  @discardableResult
  func begin(_ more: [String: String?] = [:]) async throws -> String {
    try await commit(
      "begin",
      more.merging(["guestlist.yaml": Self.root(), "catalog.yaml": Self.catalog]) { new, _ in new }
    )
  }

  /// Commits files of the folder `desired-state`.
  @discardableResult
  func commit(_ message: String, _ files: [String: String?] = [:]) async throws -> String {
    let placed = files.map { ("desired-state/\($0.key)", $0.value) }
    return try await git.commit(message, files: Dictionary(uniqueKeysWithValues: placed))
  }

  /// Merges a branch with a commit of its own.
  func merge(_ branches: String..., subject: String) async throws {
    try await git.git(["merge", "--quiet", "--no-ff", "-m", subject] + branches)
    git.now += 3600
  }

  /// Reads the history of a revision, with the commits inside merges that made its changes.
  func read(
    _ revision: String = "main",
    folder name: String = "desired-state",
    formerly: [String] = [],
    tenant: String = World.tenant,
    cache: String? = nil,
    at repositoryName: String = "work",
    attributing: Bool = true
  ) throws -> DeclarationHistory {
    let repository = try Repository(at: folder.path(repositoryName))
    guard let path = GitPath(name), let id = TenantID(tenant) else { throw Unusable() }
    let request = HistoryRequest(
      tip: try repository.resolve(revision).commit,
      folder: path,
      formerly: formerly.compactMap { GitPath($0) },
      tenant: id
    )
    let reader = HistoryReader(cache: cache.map { self.cache($0) })
    var history = try reader.read(request, in: repository)
    if attributing {
      try reader.attribute(history.intervals.keys, of: request, in: &history, repository)
    }
    return history
  }

  /// A cache in a folder of that name, with its secret in another.
  func cache(_ name: String) -> HistoryCache {
    HistoryCache(folder: folder.path(name), secretFolder: folder.path("secret"))
  }

  struct Unusable: Error {}
}

extension DeclarationHistory {
  /// The life of every entry as one line: `who what: opened–closed`, each by the subject of its step.
  var lives: [String] {
    intervals.sorted { $0.key < $1.key }.map { key, intervals in
      let spans = intervals.map { interval in
        "\(chain[interval.opened.step].subject)–"
          + (interval.closed.map { chain[$0.step].subject } ?? "")
      }
      return "\(Self.spelled(key)): \(spans.joined(separator: ", "))"
    }
  }

  /// The lives of one guest and of what it was given.
  func lives(of name: String) -> [String] { lives.filter { $0.hasPrefix(name) } }

  private static func spelled(_ key: EntryKey) -> String {
    let name = String(key.guest.localPart)
    guard case .grant(let grant) = key else { return name }
    switch grant.resource {
    case .appRole(let app, let role):
      let known = [World.expenses: "expenses", World.wiki: "wiki"]
      return "\(name) \(known[app.description] ?? app.description):\(role)"
    case .group: return "\(name) group"
    case .package: return "\(name) package"
    }
  }

  func edges(_ address: String) -> [DeclaredInterval] {
    EmailAddress(normalised: address).flatMap { intervals[.guest($0)] } ?? []
  }
}
