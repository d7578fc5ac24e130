internal import Access
internal import Declarations
internal import Git
internal import History

/// What two commits declare, as far as their difference needs it.
struct DeclaredRange: Sendable {
  let base: DeclarationReading
  let head: DeclarationReading
  /// How many guests the earlier commit declares, where not all of them were read.
  var guestsBefore: Int?
  /// The files that differ, below the folder.
  let changed: [String]

  /// A folder of no more files than this is read whole: an outline would cost as much.
  private static let smallFolder = 50

  /// Reads the files that differ, what the others share, and of the others those whose guests are
  /// concerned.
  static func read(
    _ range: CommitRange,
    of input: RepositoryInput,
    _ context: Context,
    now: Moment
  ) async throws(Failure) -> Self {
    let folder = input.folder
    let (base, head, changes) = try await input.git { (repository) throws(GitError) in
      let base = try repository.folder(folder, in: try repository.commit(range.base))
      let commit = try repository.commit(range.head)
      guard let head = try repository.folder(folder, in: commit) else {
        throw GitError(.folderNotFound(folder: folder.description, commit: range.head))
      }
      return (base, head, try repository.changes(from: base, to: head))
    }
    let changed = changes.map(\.path.description)
    if let base, let outline = try await outline(of: base, input, context) {
      let (old, new) = try await input.git { (repository) throws(GitError) in
        (
          try repository.declarations(in: changes.compactMap(\.old)),
          try repository.declarations(in: changes.compactMap(\.new))
        )
      }
      let scope = ComparisonScope(outline, old: old, new: new, changed: Set(changed))
      let pair = try await scope.readings(now: now) { (path, blob) throws(Failure) in
        try await input.git { (repository) throws(GitError) in
          let bytes = try repository.blob(blob, limit: DeclarationLimits().fileBytes)
          return SourceFile(path: path, bytes: bytes)
        }
      }
      if let pair {
        return Self(
          base: pair.base,
          head: pair.head,
          guestsBefore: scope.guestsBefore,
          changed: changed
        )
      }
    }
    func whole(_ tree: ObjectID?) async throws(Failure) -> DeclarationReading {
      let contents =
        try await input.git { (repository) throws(GitError) in
          try tree.map { (tree) throws(GitError) in try repository.declarations(in: tree) }
        } ?? FolderContents()
      return await DeclarationReader().read(inParallel: contents, now: now)
    }
    return Self(base: try await whole(base), head: try await whole(head), changed: changed)
  }

  /// What the files of the earlier tree share; `nil` for a folder that is not worth it, or in which
  /// something is wrong.
  private static func outline(
    of tree: ObjectID,
    _ input: RepositoryInput,
    _ context: Context
  ) async throws(Failure) -> FolderOutline? {
    let reader = OutlineReader(cache: DeclaredCommit.cache(context))
    let folder = input.folder
    let kept = try await input.git { (repository) throws(GitError) in
      try reader.kept(of: folder, at: tree, in: repository)
    }
    if let kept { return kept }
    let files = try await input.git { (repository) throws(GitError) in
      try repository.files(in: tree)
    }
    guard files.count > smallFolder else { return nil }
    let contents = try await input.git { (repository) throws(GitError) in
      try repository.declarations(in: tree)
    }
    let blobs = Dictionary(files.map { ($0.path.description, $0.id) }) { first, _ in first }
    let outline = await FolderOutline(of: contents, blobs: blobs, tree: tree)
    if let outline { reader.keep(outline, of: folder) }
    return outline
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
