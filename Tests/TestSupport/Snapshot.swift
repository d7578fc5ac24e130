// Benchmarks and fuzzers use the same fixtures and are built without a test library.
#if canImport(Testing)
internal import FoundationEssentials
package import Testing

/// Expects text to equal the recorded file `__Snapshots__/<name>` beside the calling test.
///
/// With `SNAPSHOTS=record` in the environment the file is written instead, and read by anyone who
/// reviews the change. A missing file is a failure, so that a forgotten one cannot pass.
package func expectSnapshot(
  _ text: String,
  named name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let source = sourceLocation.filePath
  let folder =
    "\(source.prefix(upTo: source.lastIndex(of: "/") ?? source.startIndex))/__Snapshots__"
  let file = "\(folder)/\(name)"
  if ProcessInfo.processInfo.environment["SNAPSHOTS"] == "record" {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: file))
    return
  }
  guard let data = try? Data(contentsOf: URL(filePath: file)) else {
    Issue.record(
      "no snapshot \(name): record it with SNAPSHOTS=record",
      sourceLocation: sourceLocation
    )
    return
  }
  let expected = String(decoding: data, as: UTF8.self)
  if text != expected {
    let difference = describeDifference(text, expected)
    Issue.record("snapshot \(name) differs:\n\(difference)", sourceLocation: sourceLocation)
  }
}

/// The lines around the first one that differs.
private func describeDifference(_ text: String, _ expected: String) -> String {
  let got = text.split(separator: "\n", omittingEmptySubsequences: false)
  let want = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let first = zip(got, want).prefix { $0 == $1 }.count
  let before = got[max(0, first - 2)..<min(first, got.count)].map { "  \($0)" }
  let missing = want.dropFirst(first).prefix(6).map { "- \($0)" }
  let extra = got.dropFirst(first).prefix(6).map { "+ \($0)" }
  return (["line \(first + 1):"] + before + missing + extra).joined(separator: "\n")
}
#endif
