internal import YAML

/// The reference of every key, printed from the definitions that the decoder uses.
package enum KeyReference {
  /// A Markdown section with a table for each kind of mapping.
  package static var markdown: String {
    (sections.map(\.markdown) + [limits]).joined(separator: "\n")
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

  private struct Section {
    var title: String
    var stands: String
    var rows: [(name: String, definition: KeyDefinition)]

    init<Key: SectionKeys>(_ type: Key.Type) {
      title = Key.title
      stands = Key.stands
      rows = Key.allCases.map { ($0.rawValue, $0.definition) }
    }

    var markdown: String {
      var lines = ["### \(title)", "", "Stands \(stands).", ""]
      lines += ["| key | takes | left out | meaning |", "|---|---|---|---|"]
      for (name, definition) in rows {
        let fallback = definition.isRequired ? "*required*" : definition.fallback ?? ""
        lines.append(
          "| `\(name)` | \(definition.kind.words) | \(fallback) | \(definition.meaning) |"
        )
      }
      return lines.joined(separator: "\n") + "\n"
    }
  }

  private static let sections: [Section] = [
    Section(RootKey.self), Section(TenantKey.self), Section(DefaultsKey.self),
    Section(InvitationKey.self), Section(LifecycleKey.self), Section(GuardsKey.self),
    Section(RemovalsKey.self), Section(GuestCountKey.self), Section(GrantCountKey.self),
    Section(AuthorityKey.self), Section(TrustKey.self), Section(ExceptionKey.self),
    Section(LinksKey.self), Section(SuspendKey.self), Section(AppKey.self),
    Section(ExclusiveKey.self), Section(GroupKey.self), Section(PackageKey.self),
    Section(BundleKey.self), Section(RulesKey.self), Section(PartnerKey.self),
    Section(AllowsKey.self), Section(LimitsKey.self), Section(GuestKey.self),
    Section(AppGrantKey.self), Section(GroupGrantKey.self), Section(PackageGrantKey.self),
    Section(BundleGrantKey.self), Section(HolderKey.self), Section(RemovedKey.self),
  ]
}
