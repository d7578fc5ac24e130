/// The types of Graph that the emulator knows, read from the text tables beside this file.
///
/// A line at the margin opens a type (`type user < directoryObject`) or an enumeration; indented
/// lines list properties as `name:kind`, where `*` is a collection, `?` nullable, `!` read-only and
/// `>` a navigation property. The kinds are `s` string, `b` Boolean, `i` Int32, `l` Int64, `n`
/// Double, `d` DateTimeOffset, `g` Guid, `D` Date, `P` Duration, `B` binary, or a type's name.
enum GraphTypes {
  private static let all: [String: GraphType] = {
    var declared: [String: Declaration] = [:]
    for declaration in declarations(directory) + declarations(governance) {
      declared[declaration.name] = declaration
    }
    return declared.mapValues { declaration in
      var properties = declaration.properties
      var ancestor = declaration.base
      while let name = ancestor, let base = declared[name] {
        properties += base.properties
        ancestor = base.base
      }
      return GraphType(
        name: declaration.name,
        base: declaration.base,
        properties: properties.sorted { $0.name < $1.name },
        cases: declaration.cases
      )
    }
  }()

  /// Returns a type by its name without the namespace.
  static func named(_ name: String) -> GraphType? { all[name] }

  /// Returns a type that the code names itself; an empty one if the tables lack it.
  static func known(_ name: String) -> GraphType {
    all[name] ?? GraphType(name: name, base: nil, properties: [], cases: nil)
  }

  /// Whether a type is another one or inherits from it.
  static func isKind(_ name: String, of ancestor: String) -> Bool {
    var current: String? = name
    while let name = current {
      if name == ancestor { return true }
      current = all[name]?.base
    }
    return false
  }

  private struct Declaration {
    let name: String
    let base: String?
    var properties: [GraphProperty] = []
    var cases: [String]?
  }

  private static func declarations(_ text: String) -> [Declaration] {
    var declarations: [Declaration] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard line.first == " " else {
        let base = words.count == 4 ? String(words[3]) : nil
        declarations.append(Declaration(name: String(words[1]), base: base))
        if words[0] == "enum" { declarations[declarations.count - 1].cases = [] }
        continue
      }
      let last = declarations.count - 1
      if declarations[last].cases != nil {
        declarations[last].cases?.append(contentsOf: words.map(String.init))
      } else {
        declarations[last].properties += words.compactMap { GraphProperty(notation: $0) }
      }
    }
    return declarations
  }
}
