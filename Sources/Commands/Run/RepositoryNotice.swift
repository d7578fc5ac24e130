internal import Access
internal import Declarations
internal import Git
internal import Platform

extension RepositoryInput {
  /// What is in the repository and not in the commit that is planned, in one line; `nil` where
  /// nothing is.
  ///
  /// `branch` is the one that `tenant.ref` names; `isWritten` says whether the plan may be carried out.
  func notice(
    on declared: DeclaredCommit,
    branch: String,
    isWritten: Bool
  ) async throws(Failure) -> String? {
    let head = try? await resolve("HEAD")
    let here = try await branches(branch)
    var parts: [String] = []
    if let head, head.commit != declared.ref.commit {
      if isWritten {
        let name = declared.ref.name.map { "`\(Self.shortName($0))` at " } ?? ""
        parts.append("this is \(name)\(declared.commit.short), not `HEAD`")
      }
    } else if let current = here.current, current != branch {
      parts.append("`HEAD` is on `\(current)`; `apply` writes from `\(branch)`")
    }
    if let ahead = here.ahead {
      parts.append("`\(branch)` is \(ahead) of `origin/\(branch)`, which is what counts")
    }
    if let head, let changed = try await uncommitted(since: head.commit), changed > 0 {
      let files = changed == 1 ? "1 file is" : "\(changed) files are"
      parts.append("\(files) not committed")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The branch of `HEAD`, and how far a local branch is ahead of origin's, in words.
  private func branches(
    _ branch: String
  ) async throws(Failure) -> (current: String?, ahead: String?) {
    try await git { (repository) throws(GitError) in
      let prefix = "refs/heads/"
      let current = repository.headBranch.flatMap {
        $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : nil
      }
      guard let local = try? repository.resolve("refs/heads/\(branch)").commit,
        let remote = try? repository.resolve("refs/remotes/origin/\(branch)").commit,
        local != remote, try repository.position(of: local, to: remote) == .absent
      else { return (current, nil) }
      switch try repository.position(of: remote, to: local) {
      case .onChain:
        let count = try repository.firstParents(from: local, until: remote).count
        return (current, count == 1 ? "1 commit ahead" : "\(count) commits ahead")
      case .aside: return (current, "ahead")
      case .absent, .unknown: return (current, nil)
      }
    }
  }

  static func shortName(_ ref: String) -> String {
    for prefix in ["refs/heads/", "refs/remotes/"] where ref.hasPrefix(prefix) {
      return String(ref.dropFirst(prefix.count))
    }
    return ref
  }

  /// How many files of the folder differ from a commit's; `nil` where there is no work tree.
  private func uncommitted(since commit: ObjectID) async throws(Failure) -> Int? {
    let committed: FolderContents
    let found: FolderContents
    do throws(Failure) {
      found = try await WorkTree.contents(of: self)
      committed = try await contents(at: commit)
    } catch {
      // A bare repository, or a folder that is not there: what is planned says the rest.
      return nil
    }
    func bytes(_ contents: FolderContents) -> [String: [UInt8]] {
      Dictionary(contents.files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { one, _ in one })
    }
    let (before, now) = (bytes(committed), bytes(found))
    return Set(before.keys).union(now.keys).count { before[$0] != now[$0] }
  }
}
