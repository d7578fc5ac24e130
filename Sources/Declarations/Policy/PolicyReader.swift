package import Access
package import Git
internal import YAML

/// Reads the policies of many commits of a chain, every version of a file once.
///
/// Policy changes seldom and entries often, so that most versions are known already, and most files
/// say nothing of policy.
package struct PolicyReader: Sendable {
  private let folders: [GitPath]
  private let tenant: TenantID?
  private let limits: DeclarationLimits
  /// Every version that says something of policy, without its entries.
  ///
  /// A mark names a file by its number here, whatever else stands in a commit.
  private var versions: [FileDeclarations] = []
  /// The number of each version that was read; `nil` for one that says nothing of policy.
  private var numbers: [TreeFile: Int?] = [:]

  /// Takes the folder of the declarations, and after it those where it stood before; without a
  /// tenant, the policy of any counts.
  package init(
    folders: [GitPath],
    tenant: TenantID?,
    limits: DeclarationLimits = DeclarationLimits()
  ) {
    self.folders = folders
    self.tenant = tenant
    self.limits = limits
  }

  /// The policy of a commit; `nil` where the commit does not name the tenant, or where something is
  /// wrong for which nothing would be written from it: half a policy may be looser than the whole.
  /// - Throws: `objectMissing`, `corrupt`, `tooManyFiles`.
  package mutating func policy(
    at commit: ObjectID,
    in repository: Repository
  ) throws(GitError) -> Policy? {
    for folder in folders {
      let files: [TreeFile]
      do throws(GitError) {
        files = try repository.files(at: commit, under: folder)
      } catch {
        guard case .folderNotFound = error.kind else { throw error }
        continue
      }
      guard let set = try set(of: files, in: repository) else { return nil }
      var assembler = PolicyAssembler(set)
      guard let policy = assembler.assemble(), tenant == nil || policy.tenant.id == tenant
      else { continue }
      return assembler.set.sink.stops ? nil : policy
    }
    return nil
  }

  /// The policy of the nearest commit that has one, from a commit on along its first parents; `nil`
  /// where none has.
  /// - Throws: `objectMissing`, `corrupt`, `tooManyFiles`.
  package mutating func policy(
    standingAt commit: ObjectID,
    in repository: Repository
  ) throws(GitError) -> Policy? {
    var tree: ObjectID?
    for id in try repository.firstParents(from: commit, until: nil) {
      // Most commits of a repository that holds other things, too, change nothing here.
      let present = try repository.folder(folders.first ?? .root, in: repository.commit(id))
      if let present, present == tree { continue }
      tree = present
      if let policy = try policy(at: id, in: repository) { return policy }
    }
    return nil
  }

  /// What the files of a commit say of policy; `nil` where one of them cannot be taken.
  private mutating func set(
    of files: [TreeFile],
    in repository: Repository
  ) throws(GitError) -> FileSet? {
    var folder = FolderContents()
    var present: [Int] = []
    for file in files {
      let kind = FolderContents.Kind(file.mode)
      guard let path = folder.judge(file.path.bytes, kind: kind) else { continue }
      if let known = numbers[file] {
        if let known { present.append(known) }
        continue
      }
      let bytes: [UInt8]
      do throws(GitError) {
        bytes = try repository.blob(file.id, limit: limits.yaml.bytes)
      } catch {
        guard case .tooLarge = error.kind else { throw error }
        return nil
      }
      let number = take(SourceFile(path: path, bytes: bytes))
      numbers.updateValue(number, forKey: file)
      if let number { present.append(number) }
    }
    guard folder.findings.isEmpty else { return nil }
    var declared = versions.map { FileDeclarations(path: $0.path, text: SourceText([])) }
    for number in present { declared[number] = versions[number] }
    var set = FileSet()
    for file in declared { set.take(file, atMost: limits.entries) }
    return set
  }

  /// Reads a version, and yields its number where it says something of policy.
  private mutating func take(_ source: SourceFile) -> Int? {
    if EntryFile.holdsOnlyEntries(source.bytes) { return nil }
    let reader = FileReader(limits: limits, unbuilt: .current)
    var declared = reader.read(FileReader.Source(file: source, index: versions.count))
    (declared.guests, declared.holders, declared.removed) = ([], [], [])
    versions.append(declared)
    return versions.count - 1
  }
}
