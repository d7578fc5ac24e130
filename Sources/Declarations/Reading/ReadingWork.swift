internal import Access

/// The work that is left when every file has been read: one policy, then the entries in batches that
/// may be worked on side by side, then the rules over all of them.
struct ReadingWork {
  private var rules: EntryRules
  private let policy: Policy?
  /// What the entries are held to; `nil` where that is done later.
  private var base: Policy?
  private let usedBundles: Set<String>

  init(_ set: FileSet, count: Int, limits: DeclarationLimits) {
    var set = set
    if set.files.isEmpty {
      set.add(
        Finding(
          DeclarationRule.noFiles.code,
          .error,
          "the folder holds no `*.yaml` or `*.yml` file"
        )
      )
      policy = nil
      usedBundles = []
    } else {
      var assembler = PolicyAssembler(set)
      policy = assembler.assemble()
      usedBundles = assembler.usedBundles
      set = assembler.set
    }
    rules = EntryRules(set, limits: limits)
    rules.checkCounts(files: count)
  }

  /// What expands a batch; `nil` where there is no policy to expand by.
  mutating func prepare(now: Moment?, against base: EntryPolicy) -> EntryExpander? {
    guard let policy else { return nil }
    self.base = base.policy(own: policy)
    if case .other(let base) = base {
      rules.add(PolicyDifference(from: base, to: policy).findings)
    }
    return rules.prepare(policy: policy, against: self.base, now: now)
  }

  var ranges: [Range<Int>] { rules.ranges }

  mutating func finish(_ batches: [EntryBatch]) -> DeclarationReading {
    guard let policy else { return stopped() }
    return rules.finish(batches, policy: policy, against: base, usedBundles: usedBundles)
  }

  /// The findings alone.
  func stopped() -> DeclarationReading { rules.reading(policy: policy, entries: []) }
}
