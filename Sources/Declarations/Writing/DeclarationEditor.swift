internal import Access
internal import YAML

/// Inserts, changes and deletes single entries of a file, and leaves every other line as it is.
///
/// What is written is read again before it counts: an edit that would change anything but its entry, or
/// lose a comment, is refused and leaves the file as it was. So is one in a layout that `guestlist fmt`
/// would not write, such as a dash on a line of its own.
package struct DeclarationEditor {
  package private(set) var bytes: [UInt8]
  private var document: Document

  /// Takes a file; `nil` for one that is not valid YAML.
  package init?(_ bytes: [UInt8]) {
    let reading = YAMLReader().read(bytes)
    guard let document = reading.document, reading.faults.isEmpty else { return nil }
    self.bytes = bytes
    self.document = document
  }

  /// Where something is: keys, and items of lists by their text or the address that they begin with.
  package typealias Path = [Step]

  package enum Step: Hashable, Sendable {
    case key(String)
    case item(String)
  }

  /// Inserts a value or changes the one that is there; false where that cannot be done.
  ///
  /// Of a mapping, each key is inserted, changed or deleted by itself. What is missing on the way to
  /// the value is made.
  package mutating func set(_ value: DeclarationValue, at path: Path) -> Bool {
    if let place = DocumentPlace(path, in: document), place.isMapping,
      case .mapping(let pairs) = value, !pairs.isEmpty
    {
      var edited = self
      for pair in pairs where !edited.set(pair.value, at: path + [.key(pair.key)]) { return false }
      for key in place.keys where !pairs.contains(where: { $0.key == key }) {
        guard edited.remove(at: path + [.key(key)]) else { return false }
      }
      self = edited
      return true
    }
    return apply(EditedText(document).set(value, at: path), at: [path], to: value)
  }

  /// Inserts items that are not there into a list, each in its place by address, in one pass.
  package mutating func insert(
    _ items: [(id: String, value: DeclarationValue)],
    into list: Path
  ) -> Bool {
    let sorted = items.sorted { $0.id.lowercased() < $1.id.lowercased() }
    let place = DocumentPlace(list, in: document)
    guard place?.isFilledList == true else {
      return place?.isEmpty ?? true ? set(.list(sorted.map(\.value)), at: list) : false
    }
    let edits = EditedText(document).insert(sorted, into: list)
    return apply(edits, at: sorted.map { list + [.item($0.id)] }, to: nil)
  }

  /// Deletes what is at a path; false where that cannot be done, true where nothing is there.
  package mutating func remove(at path: Path) -> Bool {
    guard DocumentPlace(path, in: document) != nil else { return true }
    return apply(EditedText(document).remove(at: path), at: [path], to: nil, losesComments: true)
  }

  /// Makes edits, if what comes of them is what was asked for.
  private mutating func apply(
    _ edits: [EditedText.Edit]?,
    at paths: [Path],
    to value: DeclarationValue?,
    losesComments: Bool = false
  ) -> Bool {
    guard let edits else { return false }
    guard !edits.isEmpty else { return true }
    let edited = EditedText.applying(edits, to: bytes)
    let places = Places(paths)
    let reading = YAMLReader().read(edited)
    guard let changed = reading.document, reading.faults.isEmpty,
      document.outline(without: places) == changed.outline(without: places),
      keepsComments(in: changed, losesComments: losesComments)
    else { return false }
    if let value {
      guard let place = DocumentPlace(paths[0], in: changed),
        let written = YAMLReader().read(value.file).document, let root = written.root,
        changed.outline(place.node) == written.outline(root)
      else { return false }
    }
    (bytes, document) = (edited, changed)
    return true
  }

  private func keepsComments(in changed: Document, losesComments: Bool) -> Bool {
    let before = SourceComments(document).texts
    let after = SourceComments(changed).texts
    return losesComments ? Set(after).isSubset(of: before) : before == after
  }
}

/// A node that a path leads to.
struct DocumentPlace {
  let node: Node
  private let document: Document

  /// `nil` where the path leads nowhere.
  init?(_ path: some Collection<DeclarationEditor.Step>, in document: Document) {
    guard var node = document.root else { return nil }
    for step in path {
      guard let next = document.child(of: node, step) else { return nil }
      node = next.value
    }
    self.node = node
    self.document = document
  }

  var isMapping: Bool { document.kind(of: node) == .mapping }
  var isFilledList: Bool { document.kind(of: node) == .sequence && !isEmpty }
  /// True for nothing, an empty list and an empty mapping.
  var isEmpty: Bool {
    document.kind(of: node) == .scalar
      ? document.isEmptyScalar(node) : document.children(of: node).first { _ in true } == nil
  }
  var keys: [String] { document.pairs(of: node).map { document.string(of: $0.key) } }
}

extension Document {
  /// The position and value of a child; `nil` where there is none.
  func child(of node: Node, _ step: DeclarationEditor.Step) -> (index: Int, value: Node)? {
    switch (step, kind(of: node)) {
    case (.key(let name), .mapping):
      for (index, pair) in pairs(of: node).enumerated() where string(of: pair.key) == name {
        return (index, pair.value)
      }
      return nil
    case (.item(let id), .sequence):
      let name = EntryName(id)
      for (index, item) in children(of: node).enumerated()
      where identity(of: item).map({ EntryName($0) }) == name {
        return (index, item)
      }
      return nil
    default: return nil
    }
  }

  /// What names an item of a list: its text, or that of the key by which entries are told apart.
  func identity(of item: Node) -> String? {
    guard kind(of: item) == .mapping else {
      return kind(of: item) == .scalar ? string(of: item) : nil
    }
    let names: Set = ["email", "guest", "app", "group", "package", "bundle", "entry"]
    return pairs(of: item).first { names.contains(string(of: $0.key)) }
      .map { string(of: $0.value) }
  }

  /// What the document says besides some places; nothing, an empty list and an empty mapping say the
  /// same, and so do one value and a list of one.
  fileprivate func outline(without places: Places = Places([])) -> String {
    root.map { outline($0, without: places) } ?? ""
  }

  fileprivate func outline(_ node: Node, without places: Places = Places([])) -> String {
    switch kind(of: node) {
    case .scalar:
      let text = string(of: node)
      if isEmptyScalar(node) { return "" }
      return "\(isPlain(node) && DeclarationValue.isTyped(text)) \(serialised(node))"
    case .sequence:
      let items = children(of: node).compactMap { item -> String? in
        let inside =
          places.items.isEmpty ? nil : identity(of: item).flatMap { places.items[EntryName($0)] }
        return inside?.isWhole ?? false ? nil : outline(item, without: inside ?? Places([]))
      }
      return items.count < 2 ? items.first ?? "" : "[\(items.joined(separator: ","))]"
    case .mapping:
      let pairs = pairs(of: node).compactMap { pair -> String? in
        let inside = places.keys[string(of: pair.key)]
        if inside?.isWhole ?? false { return nil }
        let value = outline(pair.value, without: inside ?? Places([]))
        // What was made on the way says nothing by itself.
        return inside != nil && value.isEmpty ? nil : "\(outline(pair.key)):\(value)"
      }
      return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }
  }
}

/// What names an item of a list; all spellings of an address are one name.
struct EntryName: Hashable {
  private let text: String

  init(_ text: String) { self.text = AddressNormaliser.address(text)?.normalised ?? text }
}

/// Places in a document, by the steps that lead to them.
private struct Places {
  private(set) var keys: [String: Places] = [:]
  private(set) var items: [EntryName: Places] = [:]
  /// Whether this is one of the places.
  private(set) var isWhole = false

  init(_ paths: [DeclarationEditor.Path]) { for path in paths { add(path[...]) } }

  private mutating func add(_ path: ArraySlice<DeclarationEditor.Step>) {
    switch path.first {
    case nil: isWhole = true
    case .key(let name): keys[name, default: Places([])].add(path.dropFirst())
    case .item(let id): items[EntryName(id), default: Places([])].add(path.dropFirst())
    }
  }
}
