internal import Access
internal import Declarations
internal import Git
internal import Platform

extension RunInputs {
  /// Why the commits since the last applied one are not trusted, in a sentence; `nil` where they
  /// are, or no trust is required.
  ///
  /// Every first-parent commit since then must be signed by a signer listed there, so that no
  /// commit adds the key that signs it, or takes the requirement away (DESIGN section 5).
  /// `--anchor` names a commit that is known to be good in its place.
  func distrust(
    since record: JournalRecord?,
    _ context: Context
  ) async throws(Failure) -> String? {
    let base = anchor ?? record?.applied.last
    var before: Policy?
    if let base { before = try await reading(of: base)?.policy }
    let requirements = [declared.reading.policy, before].compactMap { $0?.trust.requirement }
    guard requirements.contains(.range) else { return nil }
    guard let base else {
      return "`trust.require: range` needs a commit to start from; name one that is known to be "
        + "good with `--anchor`"
    }
    guard let start = history.chain.lastIndex(where: { $0.commit == base }) else {
      return "\(base.short) is not on the first-parent chain, so the commits since it are unknown"
    }
    let range = history.chain[(start + 1)...]
    if range.isEmpty { return nil }
    guard let names = before?.trust.signers, !names.isEmpty else {
      return "\(base.short) lists no signers; start from a commit that does with `--anchor`"
    }
    let signers = try await files(names, at: base)
    do throws(PlatformError) {
      let verifier = try await SignatureVerifier(signers, context)
      let verdict = try await firstFault(in: range, verifier)
      verifier.close()
      return verdict
    } catch {
      return "signatures cannot be verified: \(error.operation): \(error.detail)"
    }
  }

  /// What is wrong with the first commit that is not signed by a listed signer.
  private func firstFault(
    in range: ArraySlice<HistoryStep>,
    _ verifier: SignatureVerifier
  ) async throws(PlatformError) -> String? {
    for step in range {
      let name = "\(step.commit.short) by \(step.author.name)"
      guard let id = ObjectID(hex: step.commit.hex),
        let signature = try? await declared.input.git({ (repository) throws(GitError) in
          try repository.signature(of: id)
        })
      else { return "\(name) is not signed" }
      guard try await verifier.accepts(signature) else {
        return "\(name) is not signed by a listed signer"
      }
    }
    return nil
  }

  /// The files of signers at a commit; one that is missing is omitted and trusts nobody.
  private func files(
    _ names: [String],
    at commit: CommitID
  ) async throws(Failure) -> [(name: String, bytes: [UInt8])] {
    guard let id = ObjectID(hex: commit.hex) else { return [] }
    let folder = declared.input.folderName
    let paths = names.map { (name: $0, path: folder.isEmpty ? $0 : "\(folder)/\($0)") }
    return try await declared.input.git { (repository) throws(GitError) in
      let commit = try repository.commit(id)
      var files: [(name: String, bytes: [UInt8])] = []
      for (name, path) in paths {
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        guard let path = GitPath(path), let parent = GitPath(parent),
          let tree = try repository.folder(parent, in: commit),
          let entry = try repository.entries(of: tree).first(where: {
            $0.name.elementsEqual(path.name) && ($0.mode == .file || $0.mode == .executable)
          })
        else { continue }
        files.append((name, try repository.blob(entry.id, limit: 1 << 20)))
      }
      return files
    }
  }
}
