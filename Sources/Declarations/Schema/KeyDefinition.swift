/// One key of a mapping: what it is called, what it takes and what it means.
package struct KeyDefinition: Sendable {
  package let name: String
  package let kind: ValueKind
  package let isRequired: Bool
  /// True for the keys that say who is declared and what is given: all that history reads.
  let isIdentity: Bool
  /// False for a key that is refused by name, because nothing carries it out yet.
  package let isSupported: Bool
  package var meaning = ""
  /// What holds where the key is omitted, in the words of the reference.
  package var fallback: String?

  init(
    _ name: String,
    _ kind: ValueKind,
    isRequired: Bool = false,
    isIdentity: Bool = false,
    isSupported: Bool = true
  ) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
    self.isIdentity = isIdentity
    self.isSupported = isSupported
  }
}

/// The keys of one kind of mapping.
package struct SectionDefinition: Sendable {
  /// How the reference names the mapping.
  package let title: String
  /// How messages name it.
  let what: String
  /// Where the mapping may be, in words.
  package let location: String
  package let keys: [KeyDefinition]
  private let spelled: [[UInt8]]
  /// One bit for each key that must be there, by its position.
  let required: UInt64

  init(_ title: String, _ what: String, _ location: String, _ keys: [KeyDefinition]) {
    self.title = title
    self.what = what
    self.location = location
    self.keys = keys
    spelled = keys.map { Array($0.name.utf8) }
    required = keys.indices.reduce(0) { $0 | (keys[$1].isRequired ? 1 << UInt64($1) : 0) }
  }

  /// What to write in the place of something that is not a mapping.
  var hint: String? {
    title == "file" ? "begin with a section, such as `guests:` or `partners:`" : nil
  }

  /// The position of a key.
  func index(of bytes: some Collection<UInt8>) -> Int? {
    for index in spelled.indices
    where spelled[index].count == bytes.count && spelled[index].elementsEqual(bytes) {
      return index
    }
    return nil
  }
}

/// The kinds of value that a key takes.
package indirect enum ValueKind: Sendable {
  case text, integer(ClosedRange<Int>), boolean, address, domain, identifier, link, path
  case resource, pattern
  case day, expiry, span
  case choice([String])
  case alias(String)
  case section(SectionDefinition)
  case list(ValueKind)
  case oneOrMore(ValueKind)
  case named(String, ValueKind)
  case either(ValueKind, ValueKind)

  /// The kind in the words of the reference, with its way to refer to a mapping's own keys.
  func words(_ refer: (SectionDefinition) -> String) -> String {
    switch self {
    case .text: "text"
    case .integer: "number"
    case .boolean: "`true` or `false`"
    case .address: "address"
    case .domain: "domain"
    case .identifier: "GUID"
    case .link: "https address"
    case .path: "path relative to the folder"
    case .resource: "`app:Role`"
    case .pattern: "`app:Role` or `app:*`"
    case .day: "date, or time with offset"
    case .expiry: "date, time with offset, or duration (`90d`, `12w`)"
    case .span: "duration (`30d`, `2w`)"
    case .choice(let names): names.map { "`\($0)`" }.joined(separator: ", ")
    case .alias(let what): "name of \(what)"
    case .section(let section): refer(section)
    case .list(let item): "list of \(item.words(refer))"
    case .oneOrMore(let item): "\(item.words(refer)), or a list of them"
    case .named(let what, let value): "by \(what): \(value.words(refer))"
    case .either(let one, let other): "\(one.words(refer)), or \(other.words(refer))"
    }
  }

  /// The mappings that the value may be or hold.
  var sections: [SectionDefinition] {
    switch self {
    case .section(let section): [section]
    case .list(let item), .oneOrMore(let item), .named(_, let item): item.sections
    case .either(let one, let other): one.sections + other.sections
    default: []
    }
  }
}
