/// The keys of one kind of mapping; the cases' names are the keys as they are written.
protocol SectionKeys: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// How the reference names the mapping.
  static var title: String { get }
  /// How messages name it.
  static var what: String { get }
  /// Where the mapping may stand, in words.
  static var stands: String { get }
  /// Made once; the decoder looks keys up in it.
  static var table: KeyTable<Self> { get }
  var definition: KeyDefinition { get }
}

/// The keys of one kind of mapping, ready to be compared with bytes.
struct KeyTable<Key: SectionKeys>: Sendable {
  let keys: [Key]
  private let spelled: [[UInt8]]
  /// One bit for each key that must be there, by its place in the table.
  let required: UInt64

  init() {
    keys = Array(Key.allCases)
    spelled = keys.map { Array($0.rawValue.utf8) }
    var required: UInt64 = 0
    for (index, key) in Key.allCases.enumerated() where key.definition.isRequired {
      required |= UInt64(1) << UInt64(index)
    }
    self.required = required
  }

  /// The place of a key in the table.
  func index(of bytes: ArraySlice<UInt8>) -> Int? {
    for index in spelled.indices
    where spelled[index].count == bytes.count && spelled[index].elementsEqual(bytes) {
      return index
    }
    return nil
  }
}
