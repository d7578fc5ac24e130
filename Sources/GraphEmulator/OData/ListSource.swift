/// Where a list takes its items from and how it shows them.
struct ListSource {
  /// The type of the items, against which options are checked.
  let type: GraphType
  /// What `@odata.context` says after the `#`.
  let context: String
  /// Whether every item says of which kind it is.
  var annotates = false
  /// FACTS section 2.2: 100 unless asked, 999 at most.
  var defaultTop = 100
  var maximumTop = 999
  /// A page size above this is silently brought down to it.
  var silentMaximum = Int.max
  /// Directory objects know advanced queries; other collections take every option as it comes.
  var isDirectory = true
  /// Shown beside the type's own defaults where nothing is selected.
  var moreDefaults: [String] = []
  /// The kind whose index may answer a filter: set where the list shows all objects of a kind.
  var indexedKind: ObjectKind?
  /// Returns items after a cursor, at most so many, in order.
  let fetch: (_ after: UInt64, _ limit: Int) -> [Candidate]
}
