internal import Access
internal import Unicode
internal import YAML

/// What a key takes: the kind of value as the reference names it, and what reads it.
struct ValueType<Value>: Sendable {
  let kind: ValueKind
  /// Reads a node, and reports what is wrong with it by the name of its key; `nil` for what cannot
  /// be used.
  let read: @Sendable (inout FileDecoder, Node, _ key: String) -> Value?

  init(
    _ kind: ValueKind,
    _ read: @escaping @Sendable (inout FileDecoder, Node, _ key: String) -> Value?
  ) {
    self.kind = kind
    self.read = read
  }
}

// MARK: - Types made of types

extension ValueType {
  /// The value with where it was written.
  static func marked<Item>(_ type: ValueType<Item>) -> Self where Value == Marked<Item> {
    Self(type.kind) { decoder, node, key in
      type.read(&decoder, node, key).map { Marked(value: $0, mark: decoder.mark(node)) }
    }
  }

  /// `nil` for what cannot be used, so that a default does not take its place.
  static func attempted<Item>(_ type: ValueType<Item>) -> Self where Value == Item? {
    Self(type.kind) { .some(type.read(&$0, $1, $2)) }
  }

  /// A list without the items that cannot be used; one value is a list of one.
  static func list<Item>(_ item: ValueType<Item>) -> Self where Value == [Item] {
    Self(.list(item.kind)) { decoder, node, key in
      decoder.items(node).compactMap { item.read(&decoder, $0, key) }
    }
  }

  /// A mapping, read over a value that has the defaults.
  static func section(
    _ section: Section<Value>,
    over empty: @escaping @autoclosure @Sendable () -> Value
  ) -> Self {
    Self(.section(section.definition)) { decoder, node, _ in
      var value = empty()
      return section.read(node, into: &value, &decoder) ? value : nil
    }
  }

  /// A mapping of names to mappings: what the catalog and `partners` define.
  static func definitions<Item>(
    _ names: String,
    _ section: Section<Item>,
    over empty: @escaping @autoclosure @Sendable () -> Item
  ) -> Self where Value == [Marked<Named<Item>>] {
    Self(.named("name", .section(section.definition))) { decoder, node, key in
      let contents = "\(names) to their settings"
      let found = decoder.named(node, key, contents, mayRepeat: true)
      if found.isEmpty, !decoder.isEmpty(node) { decoder.isComplete = false }
      return found.map { name, node in
        var value = empty()
        let (alias, fault) = decoder.isolated { decoder in
          section.read(node, into: &value, &decoder)
          return decoder.alias(name, key)
        }
        let definition = Named(name: alias ?? decoder.shown(name), value: value, fault: fault)
        return Marked(value: definition, mark: decoder.mark(name))
      }
    }
  }
}

/// Something with a name, and what is wrong with it, so that whatever uses it is skipped.
struct Named<Value: Sendable>: Sendable {
  var name: String
  var value: Value
  var fault: String?
}

// MARK: - Texts, numbers and names

extension ValueType where Value == String {
  static var text: Self { Self(.text) { $0.text($1, $2) } }
  static var link: Self { Self(.link) { $0.link($1, $2) } }
  /// A name of the catalog, which is looked up later.
  static func alias(of what: String) -> Self { Self(.alias(what)) { $0.text($1, $2) } }
  /// A path that stays inside the folder.
  static var path: Self { Self(.path) { $0.relativePath($1, $2) } }
  /// A path of the repository.
  static var folder: Self { Self(.path) { $0.text($1, $2) } }
}

extension ValueType where Value == Bool {
  static var boolean: Self { Self(.boolean) { $0.boolean($1, $2) } }
}

extension ValueType where Value == Int {
  static var integer: Self { integer(0...1_000_000) }
  static func integer(_ range: ClosedRange<Int>) -> Self {
    Self(.integer(range)) { $0.integer($1, $2, in: range) }
  }
}

extension ValueType where Value: RawRepresentable<String> & CaseIterable & SendableMetatype {
  /// One of a few words.
  static func choice(_ type: Value.Type) -> Self {
    Self(.choice(type.allCases.map(\.rawValue))) { $0.choice($1, $2) }
  }
}

extension ValueType where Value: Identifier {
  static var identifier: Self { Self(.identifier) { $0.identifier($1, $2) } }
}

extension ValueType where Value == EmailAddress {
  static var address: Self { Self(.address) { $0.address($1, $2) } }
}

extension ValueType where Value == [Marked<EmailAddress>] {
  /// One address or a list of up to five.
  static var addresses: Self { Self(.oneOrMore(.address)) { $0.addresses($1, $2) } }
}

extension ValueType where Value == ResourceReference {
  /// `app:Role`.
  static var resource: Self { Self(.resource) { decoder, node, _ in decoder.resource(node) } }
  /// `app:Role`, `app:*` or `*`.
  static var pattern: Self {
    Self(.pattern) { decoder, node, _ in decoder.resource(node, anyRole: true) }
  }
}

// MARK: - Times

extension ValueType where Value == Moment {
  /// The first instant of a day, or a moment with an offset.
  static var beginning: Self { Self(.day) { $0.beginning($1, $2) } }
  /// The end of a day in UTC, or a moment with an offset.
  static var ending: Self { Self(.day) { $0.ending($1, $2) } }
}

extension ValueType where Value == Ending.Rule {
  /// A day, a moment, or a duration from the merge on.
  static var expiry: Self { Self(.expiry) { $0.expiry($1, $2) } }
}

extension ValueType where Value == Moment.Span {
  static var span: Self { Self(.span) { $0.span($1, $2) } }
}

extension ValueType where Value == Moment.Span? {
  /// A duration, or `never`.
  static var spanOrNever: Self {
    Self(.either(.span, .choice(["never"]))) { $0.spanOrNever($1, $2) }
  }
}
