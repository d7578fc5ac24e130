internal import Access

/// Where a forge shows commits and pull requests (`links` of the declarations).
package struct ForgeLinks: Hashable, Sendable {
  /// With `{sha}` for the commit's hash.
  package var commit: String?
  /// With `{number}` for the pull request's number.
  package var pull: String?

  /// With `{sha}`, `{path}` and `{line}` for a line of a file as it stands in a commit.
  package var file: String?

  package init(commit: String? = nil, pull: String? = nil, file: String? = nil) {
    self.commit = commit
    self.pull = pull
    self.file = file
  }

  func address(of commit: CommitID) -> String? {
    self.commit.map { Self.fill("{sha}", with: commit.hex, in: $0) }
  }

  func address(ofPull number: Int) -> String? {
    pull.map { Self.fill("{number}", with: String(number), in: $0) }
  }

  func address(ofLine line: Int, in path: String, at commit: CommitID) -> String? {
    file.map { template in
      let atCommit = Self.fill("{sha}", with: commit.hex, in: template)
      let atLine = Self.fill("{line}", with: String(line), in: atCommit)
      return Self.fill("{path}", with: PercentEncoding.path(path), in: atLine)
    }
  }

  private static func fill(_ slot: String, with value: String, in template: String) -> String {
    var output = ""
    var rest = template[...]
    while !rest.isEmpty {
      if rest.hasPrefix(slot) {
        output += value
        rest = rest.dropFirst(slot.count)
      } else {
        output.append(rest.removeFirst())
      }
    }
    return output
  }
}
