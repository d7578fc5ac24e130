internal import Access
internal import Declarations
internal import Git

/// What two commits declare, as far as their difference needs it.
struct DeclaredRange: Sendable {
  let base: DeclarationReading
  let head: DeclarationReading
  /// The files that differ, below the folder.
  let changed: [String]

  static func read(
    _ range: CommitRange,
    of input: RepositoryInput,
    _ context: Context,
    now: Moment
  ) async throws(Failure) -> Self {
    let folder = input.folder
    let (trees, changes) = try await input.git { (repository) throws(GitError) in
      let base = try? repository.folder(folder, in: try repository.commit(range.base))
      let head = try repository.folder(folder, in: try repository.commit(range.head))
      return ((base, head), try repository.changes(from: base, to: head))
    }
    let contents = trees.0 == nil ? FolderContents() : try await input.contents(at: range.base)
    let base = await DeclarationReader().read(inParallel: contents, now: now)
    let head = await DeclarationReader()
      .read(inParallel: try await input.contents(at: range.head), now: now)
    return Self(base: base, head: head, changed: changes.map(\.path.description))
  }
}

extension RepositoryInput {
  /// Who owns which paths, as the code owners of a commit say; nobody where it has no such file.
  func codeOwners(at commit: ObjectID) async throws(Failure) -> CodeOwners {
    let text = try await git { (repository) throws(GitError) -> String? in
      let commit = try repository.commit(commit)
      for path in CodeOwners.paths {
        let parts = path.split(separator: "/")
        guard let folder = GitPath(parts.dropLast().joined(separator: "/")),
          let tree = try repository.folder(folder, in: commit),
          let name = parts.last.map({ Array($0.utf8) }),
          let file = try repository.entries(of: tree).first(where: {
            $0.mode.isFile && $0.name == name
          })
        else { continue }
        return String(decoding: try repository.blob(file.id, limit: 3 << 20), as: UTF8.self)
      }
      return nil
    }
    return CodeOwners(text ?? "")
  }
}

extension CommitID {
  /// The name of a commit in our own words.
  init(_ id: ObjectID) throws(Failure) {
    guard let commit = Self(hex: id.hex) else { throw .git(GitError(.corrupt(id))) }
    self = commit
  }
}
