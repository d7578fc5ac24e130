internal import Access
internal import YAML

/// The keys of one kind of mapping, each with its type, its meaning and what becomes of its value.
///
/// The reader of declarations, the reader of history, the reference and the JSON Schema are all made
/// from these: none of them can know a key that the others do not.
struct Section<Value>: Sendable {
  let definition: SectionDefinition
  private let decoders: [@Sendable (inout FileDecoder, Node, inout Value) -> Void]

  init(
    _ title: String,
    _ what: String,
    _ location: String,
    @KeyList<Value> keys: () -> [Key<Value>]
  ) {
    let keys = keys()
    definition = SectionDefinition(title, what, location, keys.map(\.definition))
    decoders = keys.map(\.decode)
  }

  /// Reads a mapping, and reports whatever is wrong in it; false for anything else.
  @discardableResult
  func read(_ node: Node, into value: inout Value, _ decoder: inout FileDecoder) -> Bool {
    guard let fields = decoder.fields(of: node, definition) else { return false }
    read(fields, into: &value, &decoder)
    return true
  }

  /// Reads the values of keys that were found before.
  func read(
    _ fields: [FileDecoder.Field],
    into value: inout Value,
    _ decoder: inout FileDecoder
  ) {
    for field in fields { decoders[field.key](&decoder, field.value, &value) }
  }
}

/// A key of a mapping that is read into a value.
struct Key<Root>: Sendable {
  private(set) var definition: KeyDefinition
  let decode: @Sendable (inout FileDecoder, Node, inout Root) -> Void

  /// A key whose value is stored where it could be read.
  ///
  /// `scope` is what a wrong value stops, where that is not what the mapping around it does.
  init<Value>(
    _ name: String,
    _ type: ValueType<Value>,
    required: Bool = false,
    identity: Bool = false,
    scope: Finding.Scope? = nil,
    store: @escaping @Sendable (inout Root, Value) -> Void
  ) {
    definition = KeyDefinition(name, type.kind, isRequired: required, isIdentity: identity)
    decode = { decoder, node, root in
      let outer = decoder.scope
      if let scope { decoder.scope = scope }
      if let value = type.read(&decoder, node, name) { store(&root, value) }
      decoder.scope = outer
    }
  }

  /// A key with a mapping whose keys are stored beside those around it.
  init(_ name: String, inline section: Section<Root>) {
    definition = KeyDefinition(name, .section(section.definition))
    decode = { decoder, node, root in section.read(node, into: &root, &decoder) }
  }

  /// A key that has a meaning, but not in this version of the program.
  init(unsupported name: String, _ kind: ValueKind) {
    definition = KeyDefinition(name, kind, isSupported: false)
    decode = { _, _, _ in }
  }

  /// The key with what it means, and what holds where it is left out, in the words of the reference.
  func means(_ meaning: String, default fallback: String? = nil) -> Self {
    var key = self
    (key.definition.meaning, key.definition.fallback) = (meaning, fallback)
    return key
  }
}

/// Lists keys one below the other, each checked by the compiler by itself.
@resultBuilder
enum KeyList<Root> {
  static func buildExpression(_ key: Key<Root>) -> Key<Root> { key }
  static func buildBlock(_ keys: Key<Root>...) -> [Key<Root>] { keys }
}
