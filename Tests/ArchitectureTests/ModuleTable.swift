/// The modules and what each may import, as the table of `Sources/README.md` says.
struct ModuleTable {
  /// What each module may import: modules of the package and C libraries.
  let imports: [String: Set<String>]

  init(of text: String) {
    var imports: [String: Set<String>] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map {
          String($0.element)
        }
      }
      guard cells.count == 5, cells[1].count == 1, !cells[1][0].hasSuffix("/") else { continue }
      imports[cells[1][0]] = Set(cells[2])
    }
    self.imports = imports
  }

  /// The one module that may import each C library.
  var wrappers: [String: String] {
    var wrappers: [String: String] = [:]
    for (module, imports) in imports {
      for library in imports where imports.contains(library) && self.imports[library] == nil {
        wrappers[library] = module
      }
    }
    return wrappers
  }
}
