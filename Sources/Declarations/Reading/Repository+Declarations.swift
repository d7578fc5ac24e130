package import Git
internal import YAML

extension Repository {
  /// Loads the declarations that a commit holds in a folder; links and submodules are findings of
  /// the answer.
  /// - Throws: `folderNotFound`, `objectMissing`, `corrupt`, `tooManyFiles`, `tooDeep`, `pathTooLong`.
  package func declarations(
    at commit: ObjectID,
    under folder: GitPath,
    limits: DeclarationLimits = DeclarationLimits()
  ) throws(GitError) -> FolderContents {
    var contents = FolderContents()
    for file in try files(at: commit, under: folder) {
      guard let path = contents.judge(file.path.bytes, kind: FolderContents.Kind(file.mode)) else {
        continue
      }
      do throws(GitError) {
        let bytes = try blob(file.id, limit: limits.yaml.bytes)
        guard contents.add(SourceFile(path: path, bytes: bytes), limits: limits) else { break }
      } catch {
        guard case .tooLarge = error.kind else { throw error }
        contents.addTooLarge(path, limit: limits.yaml.bytes)
      }
    }
    return contents
  }
}

extension FolderContents.Kind {
  package init(_ mode: TreeEntry.Mode) {
    switch mode {
    case .file, .executable: self = .file
    case .symbolicLink: self = .symbolicLink
    case .submodule: self = .submodule
    case .folder: self = .other
    }
  }
}
