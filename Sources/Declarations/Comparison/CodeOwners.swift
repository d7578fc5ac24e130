/// The owners of paths, as a forge's `CODEOWNERS` names them: of all patterns that fit a path, the
/// last one counts.
package struct CodeOwners: Sendable {
  private var rules: [(globs: [PathGlob], owners: [String])] = []

  /// Where forges look for the file, the first that is there.
  package static let paths = [
    ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS",
  ]

  /// Reads the file; a line that is not a pattern is passed over, as forges do.
  package init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      // A number sign begins a comment, wherever it is; GitLab's `[Section]` has owners of its own.
      let content = line.prefix { $0 != "#" }
      let words = content.split(separator: " ").flatMap { $0.split(separator: "\t") }
      guard let pattern = words.first, !pattern.hasPrefix("["), !pattern.hasPrefix("^[") else {
        continue
      }
      let globs = Self.globs(of: String(pattern))
      if !globs.isEmpty { rules.append((globs, words.dropFirst().map(String.init))) }
    }
  }

  /// Who owns a path from the top of the repository; nobody where no pattern fits.
  package func owners(of path: String) -> [String] {
    rules.last { rule in rule.globs.contains { $0.matches(path) } }?.owners ?? []
  }

  /// A pattern in the language of `.gitignore`: one without a slash inside fits at any depth, and
  /// what names a folder means everything in it.
  private static func globs(of pattern: String) -> [PathGlob] {
    var text = pattern[...]
    let isFolder = text.hasSuffix("/")
    while text.hasSuffix("/") { text.removeLast() }
    let isAnchored = text.contains("/")
    while text.hasPrefix("/") { text.removeFirst() }
    guard !text.isEmpty else { return [] }
    let own = isAnchored || text.hasPrefix("**/") ? String(text) : "**/\(text)"
    // `docs/*` means the files in the folder, and not those of folders in it.
    let isShallow = isAnchored && own.hasSuffix("/*")
    return [isFolder ? nil : own, isShallow ? nil : "\(own)/**"].compactMap { $0 }
      .compactMap { PathGlob($0) }
  }
}
