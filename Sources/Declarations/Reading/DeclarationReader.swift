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
  /// Entries are held to the base's policy where one is given, else to the files' own.
  package func read(
    _ files: [SourceFile],
    now: Moment? = nil,
    against base: Policy? = nil
  ) -> DeclarationReading {
    read(FolderContents(files: files), now: now, against: base)
  }

  /// Reads what a folder holds, with what is wrong about the folder itself among the findings.
  package func read(
    _ folder: FolderContents,
    now: Moment? = nil,
    against base: Policy? = nil
  ) -> DeclarationReading {
    let sources = folder.files.sorted { $0.path < $1.path }
    let reader = FileReader(limits: limits.yaml, unbuilt: unbuilt)
    let read = sources.prefix(limits.files).enumerated().map { index, source in
      reader.read(source, index: index)
    }
    var set = FileSet(read)
    for finding in folder.findings { set.add(finding) }
    return assemble(set, count: sources.count, now: now, against: base)
  }

  /// Does the same on all cores.
  package func read(
    inParallel folder: FolderContents,
    now: Moment? = nil,
    against base: Policy? = nil
  ) async -> DeclarationReading {
    read(folder, now: now, against: base)
  }

  /// Puts together what was read file by file.
  func assemble(
    _ set: FileSet,
    count: Int,
    now: Moment?,
    against base: Policy?
  ) -> DeclarationReading {
    var assembler = PolicyAssembler(set)
    if set.files.isEmpty {
      return DeclarationReading(
        findings: set.findings + [
          Finding(
            DeclarationRule.noFiles.code,
            .error,
            "the folder holds no `*.yaml` or `*.yml` file"
          )
        ]
      )
    }
    let policy = assembler.assemble()
    var rules = EntryRules(assembler.set, limits: limits)
    rules.checkCounts(files: count)
    guard let policy else { return rules.reading(policy: nil, entries: []) }
    let entries = rules.apply(
      policy: policy,
      against: base,
      now: now,
      usedBundles: assembler.usedBundles
    )
    return rules.reading(policy: policy, entries: entries)
  }
}
