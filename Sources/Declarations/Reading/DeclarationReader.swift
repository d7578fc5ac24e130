package import Access
package import YAML

/// Reads the files of one commit into what they declare (DESIGN section 4).
package struct DeclarationReader: Sendable {
  package var limits: DeclarationLimits

  package init(limits: DeclarationLimits = DeclarationLimits()) { self.limits = limits }

  /// Reads files in any order, with all findings.
  ///
  /// The moment is for what depends on the time: exceptions that are over, and warnings about
  /// dates. Time alone makes an error of nothing but an exception that ended.
  package func read(
    _ files: [SourceFile],
    now: Moment? = nil
  ) -> DeclarationReading {
    read(FolderContents(files: files), now: now)
  }

  /// Reads what a folder holds, with what is wrong about the folder itself among the findings.
  package func read(
    _ folder: FolderContents,
    now: Moment? = nil
  ) -> DeclarationReading {
    let reader = FileReader(limits: limits)
    var set = FileSet()
    for source in sources(of: folder) { set.take(reader.read(source), atMost: limits.entries) }
    set.add(folder.findings)
    var work = ReadingWork(consume set, count: folder.files.count, limits: limits, now: now)
    guard let expander = work.prepare() else { return work.finish() }
    while let batch = work.nextBatch() { work.take(expander.batch(batch)) }
    return work.finish()
  }

  /// Does the same with the work spread over all cores.
  package func read(
    inParallel folder: FolderContents,
    now: Moment? = nil
  ) async -> DeclarationReading {
    let reader = FileReader(limits: limits)
    var set = FileSet()
    var sources = sources(of: folder).makeIterator()
    await SideBySide.transform(
      { sources.next() },
      { await reader.read(inParallel: $0) },
      take: { set.take($0, atMost: limits.entries) }
    )
    set.add(folder.findings)
    var work = ReadingWork(consume set, count: folder.files.count, limits: limits, now: now)
    guard let expander = work.prepare() else { return work.finish() }
    await SideBySide.transform(
      { work.nextBatch() },
      { expander.batch($0) },
      take: { work.take($0) }
    )
    return work.finish()
  }

  private func sources(of folder: FolderContents) -> [FileReader.Source] {
    folder.files.sorted { $0.path < $1.path }.prefix(limits.files).enumerated().map {
      FileReader.Source(file: $0.element, index: $0.offset)
    }
  }
}

/// How much one commit may declare.
package struct DeclarationLimits: Hashable, Sendable {
  package var yaml: YAMLLimits
  package var files: Int
  /// Bytes of all files together.
  package var bytes: Int
  /// Guests, removals and grants from the resource's side together.
  package var entries: Int

  /// Bytes of one file.
  package var fileBytes: Int { yaml.bytes }

  package init(
    yaml: YAMLLimits = YAMLLimits(),
    files: Int = 20_000,
    bytes: Int = 512 << 20,
    entries: Int = 1_000_000
  ) {
    self.yaml = yaml
    self.files = files
    self.bytes = bytes
    self.entries = entries
  }
}
