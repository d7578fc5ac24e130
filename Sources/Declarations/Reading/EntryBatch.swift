internal import Access

/// What expanding and checking some of the guests gave.
struct EntryBatch: Sendable {
  /// In the order of their addresses; those that break a rule are among them, and the findings say
  /// so.
  var entries: [GuestEntry] = []
  var sink = FindingSink(limit: FindingSink.mostOfAll)
  var usedBundles: Set<String> = []
  /// The apps of the catalog that none of the guests is given.
  var unusedApps: Set<AppID> = []
}
