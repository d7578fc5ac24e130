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

  /// Inserts items into a list, each in its place by address, in one pass.
  package mutating func insert(
    _ items: [(id: String, value: DeclarationValue)],
    into list: Path
  )
    -> Bool
  {
    let sorted = items.sorted { $0.id < $1.id }
    let place = DocumentPlace(list, in: document)
    guard place?.isFilledList == true else {
      return place?.isEmpty ?? true ? set(.list(sorted.map(\.value)), at: list) : false
    }
    let text = EditedText(document)
    var edits: [EditedText.Edit] = []
    for item in sorted {
      guard let some = text.set(item.value, at: list + [.item(item.id)]) else { return false }
      edits += some
    }
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
    let reading = YAMLReader().read(edited)
    guard let changed = reading.document, reading.faults.isEmpty,
      document.outline(without: paths) == changed.outline(without: paths),
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
      for (index, item) in children(of: node).enumerated() where means(item, id) {
        return (index, item)
      }
      return nil
    default: return nil
    }
  }

  /// Whether an item of a list is what a text names: itself, or the one that has it as its name.
  private func means(_ item: Node, _ id: String) -> Bool {
    identity(of: item).map { name in
      name == id
        || AddressNormaliser.address(name).map { $0 == AddressNormaliser.address(id) } ?? false
    } ?? false
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

  /// What the document says besides what is at some paths; nothing, an empty list and an empty mapping
  /// say the same, and so do one value and a list of one.
  fileprivate func outline(without paths: [DeclarationEditor.Path]) -> String {
    root.map { outline($0, without: paths.map { $0[...] }) } ?? ""
  }

  fileprivate func outline(
    _ node: Node,
    without paths: [ArraySlice<DeclarationEditor.Step>] = []
  ) -> String {
    func rest(
      _ step: (DeclarationEditor.Step) -> Bool
    ) -> [ArraySlice<DeclarationEditor.Step>]? {
      let further = paths.filter { $0.first.map(step) ?? false }.map { $0.dropFirst() }
      return further.contains { $0.isEmpty } ? nil : further
    }
    switch kind(of: node) {
    case .scalar:
      let text = string(of: node)
      if isEmptyScalar(node) { return "" }
      return "\(isPlain(node) && DeclarationValue.isTyped(text)) \(serialised(node))"
    case .sequence:
      let items = children(of: node).compactMap { item in
        rest { if case .item(let id) = $0 { means(item, id) } else { false } }
          .map { outline(item, without: $0) }
      }
      return items.count < 2 ? items.first ?? "" : "[\(items.joined(separator: ","))]"
    case .mapping:
      let pairs = pairs(of: node).compactMap { pair -> String? in
        let name = string(of: pair.key)
        let value = rest { $0 == .key(name) }.map { outline(pair.value, without: $0) }
        // What was made on the way says nothing by itself.
        guard let value, !(value.isEmpty && paths.contains { $0.first == .key(name) }) else {
          return nil
        }
        return "\(outline(pair.key)):\(value)"
      }
      return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }
  }
}
