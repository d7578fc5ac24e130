/// The comment in the first line of a file by which an editor finds the schema of declarations.
package enum EditorComment {
  private static let start = Array("# yaml-language-server:".utf8)

  /// Formats a file below its comment, which stays the first line.
  ///
  /// One that has none gets one where a schema is known; `nil` for a file that cannot be read.
  package static func format(_ bytes: [UInt8], schema: String?) -> [UInt8]? {
    let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    let hasComment = bytes.starts(with: start)
    let body = hasComment ? Array(bytes[end...].dropFirst()) : bytes
    guard let formatted = DeclarationFormatter.format(body) else { return nil }
    if hasComment { return bytes[..<end] + [UInt8(ascii: "\n")] + formatted }
    return (schema.map { Array("# yaml-language-server: $schema=\($0)\n".utf8) } ?? []) + formatted
  }
}
