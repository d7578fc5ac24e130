package import Access
package import Git
internal import YAML

/// The declarations in a folder, with what is wrong about the folder itself.
package struct FolderContents: Sendable {
  package private(set) var files: [SourceFile]
  package private(set) var findings: [Finding] = []
  private var byteCount = 0

  /// What is at a path, besides folders.
  package enum Kind: Hashable, Sendable {
    case file, symbolicLink, submodule, other
  }

  package init(files: [SourceFile] = []) { self.files = files }

  /// Judges something that is below the folder, and returns the path of a file that is to be
  /// read; the rest is either none of ours or has its finding now.
  package mutating func judge(_ path: [UInt8], kind: Kind) -> String? {
    guard let text = String(validating: path, as: UTF8.self) else {
      report("`\(String(decoding: path, as: UTF8.self))` is not a name in UTF-8", at: "")
      return nil
    }
    switch kind {
    case .symbolicLink:
      report("`\(text)` is a symbolic link, which is not followed", at: text)
      return nil
    case .submodule:
      report("`\(text)` is a submodule, which is not read", at: text)
      return nil
    case .other:
      report("`\(text)` is not a file", at: text)
      return nil
    case .file: break
    }
    let isOdd = text.unicodeScalars.contains {
      ForbiddenCharacters.contains($0.value) || $0.value < 0x20 || $0 == "\\"
    }
    if isOdd {
      report("the name of `\(text)` has a character that is not allowed", at: text)
      return nil
    }
    if SourceFile.isDeclaration(text) { return text }
    if SourceFile.isDeclaration(text.lowercased()) {
      report("`\(text)` is not read: its name must end in `.yaml` or `.yml`", at: text)
    }
    return nil
  }

  /// Adds a file that was judged; false where there are more bytes in all than are read, so that
  /// nothing that comes after is read either.
  @discardableResult
  package mutating func add(
    _ file: SourceFile,
    limits: DeclarationLimits = DeclarationLimits()
  ) -> Bool {
    guard byteCount <= limits.bytes else { return false }
    byteCount += file.bytes.count
    guard byteCount <= limits.bytes else {
      findings.append(
        Finding(
          DeclarationRule.tooLarge.code,
          .error,
          "the folder has more than \(limits.bytes) bytes of declarations"
        )
      )
      return false
    }
    files.append(file)
    return true
  }

  /// Says that a file was not read because it is too large.
  package mutating func addTooLarge(_ path: String, limit: Int) {
    findings.append(
      Finding(
        DeclarationRule.tooLarge.code,
        .error,
        "the file is larger than \(limit) bytes",
        place: SourcePlace(file: path, line: 1, column: 1)
      )
    )
  }

  private mutating func report(_ message: String, at path: String) {
    findings.append(
      Finding(
        DeclarationRule.path.code,
        .error,
        message,
        place: path.isEmpty ? nil : SourcePlace(file: path, line: 1, column: 1)
      )
    )
  }
}

/// One file of the declarations' folder, before anything is known of it.
package struct SourceFile: Hashable, Sendable {
  /// Relative to the folder, parts separated by `/`.
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// True for the files that are read: `*.yaml` and `*.yml`.
  package static func isDeclaration(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }
}

extension Repository {
  /// Loads the declarations that a commit holds in a folder; links and submodules are findings of
  /// the answer.
  /// - Throws: `folderNotFound`, `objectMissing`, `corrupt`, `tooManyFiles`, `tooDeep`,
  /// `pathTooLong`.
  package func declarations(
    at commit: ObjectID,
    under folder: GitPath,
    limits: DeclarationLimits = DeclarationLimits()
  ) throws(GitError) -> FolderContents {
    try declarations(in: try files(at: commit, under: folder), limits: limits)
  }

  /// Loads the declarations of a folder's tree.
  package func declarations(in tree: ObjectID) throws(GitError) -> FolderContents {
    try declarations(in: try files(in: tree))
  }

  /// Loads those of some files that are declarations.
  package func declarations(
    in files: [TreeFile],
    limits: DeclarationLimits = DeclarationLimits()
  ) throws(GitError) -> FolderContents {
    var contents = FolderContents()
    for file in files {
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
