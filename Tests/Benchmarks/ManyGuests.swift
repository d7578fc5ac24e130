internal import Declarations
internal import FoundationEssentials
internal import Git
internal import Platform
internal import TestSupport

/// A repository with as many guests as are wanted, in as many files.
struct ManyGuests {
  /// Kept, because it goes with the last that holds it; `nil` where the repository is somebody
  /// else's.
  private let folder: TemporaryFolder?
  let commit: ObjectID
  private let repository: RepositoryActor

  let path: String

  /// Takes a repository that was made.
  init(at path: String, commit: ObjectID) {
    folder = nil
    self.path = path
    self.commit = commit
    repository = RepositoryActor(at: path, executor: QueueExecutor(label: "benchmark"))
  }

  /// Makes a repository with one commit.
  init(guests: Int, files: Int) async throws {
    let folder = try TemporaryFolder()
    let home = folder.path("home")
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    let git = try await GitFixture(at: folder.path("access"), home: home)
    try git.write("desired-state/guestlist.yaml", Self.policy)
    let perFile = guests / files
    for file in 0..<files {
      var text = "guests:\n"
      text.reserveCapacity(perFile * 380)
      for guest in file * perFile..<(file + 1) * perFile { text += Self.guest(guest) }
      try git.write("desired-state/partners/p\(file % 50)/f\(file).yaml", text)
    }
    let hash = try await git.commit("Everybody")
    guard let commit = ObjectID(hex: hash) else { throw GitError(.system) }
    self.folder = folder
    self.commit = commit
    path = git.path
    repository = RepositoryActor(at: path, executor: QueueExecutor(label: "benchmark"))
  }

  /// Loads the folder of the commit.
  func load() async throws -> FolderContents {
    let commit = commit
    guard let path = GitPath("desired-state") else { throw GitError(.system) }
    return try await repository.read { repository throws(GitError) in
      try repository.declarations(at: commit, under: path)
    }
  }

  private static let policy: String = {
    var text = """
      version: 1
      tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: Contoso, domains: [contoso.example]}
      authority: {"partners/**": {partners: ["*"], apps: ["*"], groups: ["*"]}}
      apps:

      """
    for app in 0..<20 {
      text += "  app\(app): {appId: 0f3c0000-0000-4000-8000-0000000000\(10 + app)}\n"
    }
    text += "groups:\n"
    for group in 0..<20 {
      text += "  group\(group): {id: 7a000000-0000-4000-8000-0000000000\(10 + group)}\n"
    }
    text += "bundles:\n  supplier: {apps: [\"app1:Reader\"], groups: [group1]}\npartners:\n"
    for partner in 0..<50 {
      text += """
          partner\(partner):
            domains: [partner\(partner).example]
            sponsor: lena@contoso.example
            includes: [supplier]
            allows: {apps: ["app0:*", "app1:*", "app2:*", "app3:*", "app4:*"], groups: ["*"]}
            limits: {stay: 365d}
            requires: [sponsor, expires, ticket]

        """
    }
    return text
  }()

  private static func guest(_ number: Int) -> String {
    """
      - email: given.family\(number)@partner\(number % 50).example
        name: Given Family the \(number)th
        starts: 2026-12-01
        expires: 2027-03-31
        reviewed: 2026-11-01
        ticket: CHG-\(number)
        reason: works on the project of the quarter until its end, number \(number)
        bundles: [supplier]
        apps:
          - "app\(number % 5):Reader"
          - {app: "app\((number + 1) % 5):Editor", expires: 2027-01-31}
        groups: [group\(number % 20)]

    """
  }
}
