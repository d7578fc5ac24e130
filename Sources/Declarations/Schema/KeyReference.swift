internal import YAML

/// The reference of every key, printed from the keys that declarations are read by.
package enum KeyReference {
  /// A Markdown section with a table for each kind of mapping.
  package static var markdown: String {
    (sections.map(table) + [limits]).joined(separator: "\n")
  }

  /// How much is read, and the finding of whatever goes beyond.
  private static var limits: String {
    let most = DeclarationLimits()
    let rows: [(String, Int, DeclarationRule)] = [
      ("bytes of one file", most.yaml.bytes, .tooLarge),
      ("values in one file: texts, lists and mappings", most.yaml.nodes, .tooLarge),
      ("lists and mappings inside one another", most.yaml.depth, .tooDeep),
      ("bytes of one text", FileDecoder.longestText, .tooLarge),
      ("files", most.files, .tooLarge),
      ("bytes of all files together", most.bytes, .tooLarge),
      ("entries: guests, `grants` and `removed` together", most.entries, .tooLarge),
      ("globs of `authority`", PolicyAssembler.mostGlobs, .tooLarge),
      ("errors that are shown for one file", FindingSink.mostOfFile, .moreFindings),
      ("errors that are shown of all files", FindingSink.mostOfAll, .moreFindings),
    ]
    var lines = ["### How much is read", ""]
    lines += ["| of | at most | finding |", "|---|---|---|"]
    for (what, count, rule) in rows { lines.append("| \(what) | \(count) | \(rule.code) |") }
    lines += [
      "",
      "As many warnings and notes are shown as errors. Errors that are not shown skip",
      "their entries, or make the commit unusable, like all others.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  static func anchor(_ title: String) -> String {
    String(title.compactMap { $0 == " " ? "-" : $0 == "." ? nil : $0 })
  }

  /// Every kind of mapping, each once, in the order in which the keys name them.
  static let sections: [SectionDefinition] = {
    var found: [SectionDefinition] = []
    func visit(_ section: SectionDefinition) {
      guard !found.contains(where: { $0.title == section.title }) else { return }
      found.append(section)
      for key in section.keys { key.kind.sections.forEach(visit) }
    }
    visit(FileDeclarations.section.definition)
    return found
  }()

  private static func table(_ section: SectionDefinition) -> String {
    var lines = ["### \(section.title)", "", "Stands \(section.location).", ""]
    lines += ["| key | takes | left out | meaning |", "|---|---|---|---|"]
    for key in section.keys {
      let fallback = key.isRequired ? "*required*" : key.fallback ?? ""
      lines.append("| `\(key.name)` | \(key.kind.words) | \(fallback) | \(key.meaning) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
