internal import FoundationEssentials

/// Writes a value in canonical JSON, over which digests are taken: UTF-8, keys sorted by their
/// bytes, no white space, integers only.
///
/// Strings escape `"`, `\` and control characters, nothing else. What is `nil` is omitted. Two
/// equal values have the same bytes, on every machine and in every release.
package struct CanonicalJSONEncoder: Sendable {
  package init() {}

  /// The canonical bytes of a value.
  ///
  /// - Throws: `notAnInteger` for a number with a fraction, `tooDeep`, or whatever the value itself
  ///   throws, as `invalidValue`.
  package func encode(_ value: some Encodable) throws(JSONError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes: [UInt8]
    do {
      bytes = Array(try encoder.encode(value))
    } catch {
      throw JSONError(error)
    }
    var scan = JSONScan(bytes)
    try scan.run(maximumDepth: .max)
    return bytes
  }
}
