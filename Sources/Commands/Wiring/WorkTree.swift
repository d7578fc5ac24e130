internal import Declarations
internal import FoundationEssentials
internal import Git
internal import Platform
internal import YAML

/// The declarations as they are in the files of a work tree, committed or not.
enum WorkTree {
  /// Loads the folder below the top of the work tree; links are findings, as they are in a commit.
  static func contents(of input: RepositoryInput) async throws(Failure) -> FolderContents {
    try await read(input).contents
  }

  /// The same, with the path of the folder, for who writes to it.
  static func read(
    _ input: RepositoryInput
  ) async throws(Failure) -> (contents: FolderContents, root: String) {
    let top = try await input.git { (repository) throws(GitError) in
      repository.layout.workTree
    }
    guard let top else {
      throw .refused(.error, "a bare repository has no work tree", hints: ["name a ref instead"])
    }
    let root = input.folderName.isEmpty ? top : "\(top)/\(input.folderName)"
    if let link = link(in: input.folderName, below: top) {
      throw .refused(
        .error,
        "`\(link)` is a symbolic link, and may lead out of the repository",
        hints: ["name the folder that it leads to with `--path`"]
      )
    }
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: root) else {
      throw .refused(
        .error,
        "the work tree has no folder `\(input.folderName)`",
        hints: ["name the folder with `--path`"]
      )
    }
    var contents = FolderContents()
    for name in names.sorted() where !name.hasPrefix(".git/") && name != ".git" {
      let path = "\(root)/\(name)"
      guard let kind = kind(of: path), let file = contents.judge(Array(name.utf8), kind: kind)
      else { continue }
      do throws(PlatformError) {
        let limit = DeclarationLimits().yaml.bytes
        contents.add(SourceFile(path: file, bytes: try PublicFile.read(path, limit: limit)))
      } catch {
        guard error.kind == .tooMuchOutput else { throw .file(error) }
        contents.addTooLarge(file, limit: DeclarationLimits().yaml.bytes)
      }
    }
    return (contents, root)
  }

  /// The same, where there may be no such folder yet: then it is empty.
  static func readIfThere(
    _ input: RepositoryInput
  ) async throws(Failure) -> (contents: FolderContents, root: String) {
    let top = try await input.git { (repository) throws(GitError) in repository.layout.workTree }
    if let top, link(in: input.folderName, below: top) == nil {
      let root = input.folderName.isEmpty ? top : "\(top)/\(input.folderName)"
      if !FileManager.default.fileExists(atPath: root) { return (FolderContents(), root) }
    }
    return try await read(input)
  }

  /// Whether anything is at a path below a folder.
  static func isThere(_ path: String, below root: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(root)/\(path)")
  }

  /// Writes a file below a folder, with the folders that it needs; nothing is written through a
  /// symbolic link.
  static func write(_ bytes: [UInt8], to path: String, below root: String) throws(Failure) {
    if let link = link(in: path, below: root) {
      throw .refused(
        .error,
        "`\(link)` is a symbolic link, and may lead out of the repository",
        hints: ["remove the link, or write to another folder with `--path`"]
      )
    }
    let file = "\(root)/\(path)"
    let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .refused(.error, "the folder `\(folder)` cannot be created", hints: [])
    }
    do { try PublicFile.write(bytes, to: file) } catch { throw .file(error) }
  }

  /// The first part of a folder's path that is a symbolic link: a commit has no folder there.
  private static func link(in folder: String, below top: String) -> String? {
    var path = ""
    for part in folder.split(separator: "/") {
      path += path.isEmpty ? String(part) : "/\(part)"
      if kind(of: "\(top)/\(path)") == .symbolicLink { return path }
    }
    return nil
  }

  /// What is at a path; `nil` for a folder.
  private static func kind(of path: String) -> FolderContents.Kind? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    switch attributes?[.type] as? FileAttributeType {
    case .some(.typeDirectory): return nil
    case .some(.typeRegular): return .file
    case .some(.typeSymbolicLink): return .symbolicLink
    default: return .other
    }
  }
}
