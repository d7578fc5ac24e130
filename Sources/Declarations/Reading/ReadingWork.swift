internal import Access

/// The work that is left when every file has been read: one policy, then the entries in batches that
/// may be worked on side by side, then the rules over all of them.
struct ReadingWork {
  private var rules: EntryRules
  private let policy: Policy?
  /// What the entries are held to; `nil` where that is done later.
  private var base: Policy?
  private let isTooLarge: Bool
  private var isExpanded = false

  init(_ set: consuming FileSet, count: Int, limits: DeclarationLimits) {
    isTooLarge = set.entries > limits.entries
    if set.files.isEmpty {
      set.add(
        Finding(
          DeclarationRule.noFiles.code,
          .error,
          "the folder holds no `*.yaml` or `*.yml` file"
        )
      )
      policy = nil
      rules = EntryRules(set, limits: limits, usedBundles: [])
    } else {
      var assembler = PolicyAssembler(set)
      policy = assembler.assemble()
      rules = EntryRules(assembler.set, limits: limits, usedBundles: assembler.usedBundles)
    }
    rules.checkCounts(files: count)
  }

  /// What expands a batch; `nil` where there is no policy to expand by, or too much to be expanded.
  mutating func prepare(now: Moment?, against base: EntryPolicy) -> EntryExpander? {
    guard let policy, !isTooLarge else { return nil }
    self.base = base.policy(own: policy)
    isExpanded = true
    if case .other(let base) = base {
      rules.add(PolicyDifference(from: base, to: policy).findings)
    }
    return rules.prepare(policy: policy, against: self.base, now: now)
  }

  mutating func nextBatch() -> [Boxed<GuestDeclaration>]? { rules.nextBatch() }

  mutating func take(_ batch: EntryBatch) { rules.take(batch) }

  mutating func finish() -> DeclarationReading {
    guard let policy, isExpanded else { return rules.reading(policy: policy) }
    return rules.finish(policy: policy, against: base)
  }
}
