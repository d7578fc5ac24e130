package import Access
internal import YAML

/// Reads the files of one commit into what they declare (DESIGN section 4).
package struct DeclarationReader: Sendable {
  package var limits: DeclarationLimits
  package var unbuilt: UnbuiltKeys

  package init(
    limits: DeclarationLimits = DeclarationLimits(),
    unbuilt: UnbuiltKeys = .current
  ) {
    self.limits = limits
    self.unbuilt = unbuilt
  }

  /// Reads files in any order; every finding of all of them is in the answer.
  ///
  /// The moment is for what depends on the time: exceptions that are over, and warnings about
  /// dates. Nothing that has been valid becomes an error by time alone but for an exception's end.
  /// What the files change of another commit's policy is among the findings, as notes.
  package func read(
    _ files: [SourceFile],
    now: Moment? = nil,
    against base: EntryPolicy = .own
  ) -> DeclarationReading {
    read(FolderContents(files: files), now: now, against: base)
  }

  /// Reads what a folder holds, with what is wrong about the folder itself among the findings.
  package func read(
    _ folder: FolderContents,
    now: Moment? = nil,
    against base: EntryPolicy = .own
  ) -> DeclarationReading {
    let sources = numbered(folder)
    let reader = FileReader(limits: limits.yaml, unbuilt: unbuilt)
    let files = sources.map { reader.read($0.file, index: $0.number) }
    var work = assemble(files, of: folder)
    guard let expander = work.prepare(now: now, against: base) else { return work.stopped() }
    return work.finish(work.ranges.map { expander.batch($0) })
  }

  /// Does the same with the work spread over all cores.
  package func read(
    inParallel folder: FolderContents,
    now: Moment? = nil,
    against base: EntryPolicy = .own
  ) async -> DeclarationReading {
    let sources = numbered(folder)
    let reader = FileReader(limits: limits.yaml, unbuilt: unbuilt)
    var files: [FileDeclarations] = []
    for var opened in await sources.concurrentMap({ reader.open($0.file, index: $0.number) }) {
      let file = opened
      for part in await file.parts.concurrentMap({ file.decode($0) }) { opened.take(part) }
      files.append(opened.declarations)
    }
    var work = assemble(files, of: folder)
    guard let expander = work.prepare(now: now, against: base) else { return work.stopped() }
    return work.finish(await work.ranges.concurrentMap { expander.batch($0) })
  }

  private func numbered(_ folder: FolderContents) -> [(number: Int, file: SourceFile)] {
    folder.files.sorted { $0.path < $1.path }.prefix(limits.files).enumerated().map {
      ($0.offset, $0.element)
    }
  }

  private func assemble(_ files: [FileDeclarations], of folder: FolderContents) -> ReadingWork {
    var set = FileSet(files)
    set.add(folder.findings)
    return ReadingWork(set, count: folder.files.count, limits: limits)
  }
}
