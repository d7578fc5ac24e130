internal import Access
internal import YAML

/// Gives findings that know only their place the line that it is in.
struct Excerpts {
  private let texts: [String: SourceText]

  init(_ set: FileSet) {
    texts = Dictionary(
      set.files.map { ($0.path, $0.text) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// For findings that a reading did not make itself; only their files are looked at.
  init(of folder: FolderContents, for findings: [Finding]) {
    let paths = Set(findings.lazy.filter { $0.excerpt == nil }.compactMap(\.place?.file))
    texts = Dictionary(
      folder.files.lazy.filter { paths.contains($0.path) }.map { ($0.path, SourceText($0.bytes)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func complete(_ findings: inout [Finding]) {
    for index in findings.indices where findings[index].excerpt == nil {
      guard let place = findings[index].place, let line = texts[place.file]?.line(place.line) else {
        continue
      }
      findings[index].excerpt = line
      if findings[index].length == 1 {
        findings[index].length = Self.token(in: line, from: place.column)
      }
    }
  }

  /// The length of what begins at a column: up to the end of the quotes, or of the plain text.
  private static func token(in line: String, from column: Int) -> Int {
    let characters = line.unicodeScalars.dropFirst(max(0, column - 1))
    guard let first = characters.first else { return 1 }
    var length = 0
    if first == "\"" || first == "'" {
      for scalar in characters {
        length += 1
        if length > 1, scalar == first { return length }
      }
      return length
    }
    var previous: Unicode.Scalar = "x"
    for scalar in characters {
      if ",[]{}".unicodeScalars.contains(scalar) { break }
      if scalar == " ", previous == ":" { return max(1, length - 1) }
      if scalar == "#", previous == " " { return max(1, length - 1) }
      length += 1
      previous = scalar
    }
    if previous == ":" { length -= 1 }
    return max(1, length)
  }
}
