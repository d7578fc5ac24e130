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

  /// Every kind of mapping, each once, in the order in which the keys name them.
  package static let sections: [SectionDefinition] = {
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
    var lines = ["### \(section.title)", "", "Goes \(section.location).", ""]
    lines += ["| key | takes | default | meaning |", "|---|---|---|---|"]
    for key in section.keys {
      let fallback = key.isRequired ? "*required*" : key.fallback ?? ""
      let takes = key.kind.words { "[\($0.title)](#\(anchor($0.title)))" }
      lines.append("| `\(key.name)` | \(takes) | \(fallback) | \(key.meaning) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func anchor(_ title: String) -> String {
    String(title.compactMap { $0 == " " ? "-" : $0 == "." ? nil : $0 })
  }

  /// The same keys for a terminal, at most 80 columns wide.
  package static var text: String {
    sections.map { section in
      let keys = section.keys.map { key in
        let fallback = key.isRequired ? "; required" : key.fallback.map { "; default: \($0)" } ?? ""
        let takes = key.kind.words { "keys of `\($0.title)`" }
        return wrapped("\(key.name): \(takes)\(fallback)", indent: 2)
          + wrapped(key.meaning, indent: 6)
      }
      return wrapped("\(section.title), \(section.location):", indent: 0) + keys.joined()
    }
    .joined(separator: "\n")
  }

  private static func wrapped(_ text: String, indent: Int) -> String {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, indent + last.count + word.count < 80 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    let margin = String(repeating: " ", count: indent)
    return lines.map { "\(margin)\($0)\n" }.joined()
  }
}
