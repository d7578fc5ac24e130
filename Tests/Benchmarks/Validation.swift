internal import FoundationEssentials
internal import TestSupport

extension Benchmark {
  /// `guestlist validate` of Contoso, the organisation that is in this repository, as a whole
  /// process beside `guestlist --version`.
  static let validation = Benchmark(name: "validation") {
    let folder = "desired-state"
    var files: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      // A folder has no text.
      guard let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else {
        continue
      }
      files["\(folder)/\(name)"] = text
    }
    let workplace = try await Workplace.commit(files)
    let (validate, version) = try await Timing.pairs(
      25,
      { try await workplace.guestlist("validate") },
      { try await workplace.guestlist("--version") }
    )
    return [
      .ratio(
        "validation of Contoso",
        figure: validate,
        to: version,
        of: "guestlist --version",
        atMost: 3
      )
    ]
  }
}
