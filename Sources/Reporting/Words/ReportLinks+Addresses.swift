internal import Access

extension ReportLinks {
  /// Where a forge shows a commit.
  func address(of commit: CommitID) -> String? {
    self.commit.map { Self.fill("{sha}", with: commit.hex, in: $0) }
  }

  /// Where a forge shows a pull request.
  func address(ofPull number: Int) -> String? {
    pull.map { Self.fill("{number}", with: String(number), in: $0) }
  }

  /// Where a forge shows a line of a file as it stands in a commit.
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
