internal import Declarations
internal import Platform

/// Where the results of a run go: pairs of a format and a file, or the standard output.
struct Outputs<Format: RawRepresentable<String> & CaseIterable & Sendable>: Sendable {
  struct Target: Sendable {
    var format: Format
    /// `nil` is the standard output.
    var file: String?
  }

  let targets: [Target]

  /// Pairs each `--output` with the `--format` before it; a format without one goes to the standard
  /// output, of which there is one.
  init(_ arguments: Arguments, standard: Format) throws(Failure) {
    var targets: [Target] = []
    var pending: Format?
    for pair in arguments.sequence {
      switch pair.name {
      case "format":
        if let pending { targets.append(Target(format: pending)) }
        pending = try Self.format(pair.value)
      case "output":
        targets.append(Target(format: pending ?? standard, file: pair.value))
        pending = nil
      default: break
      }
    }
    if let pending { targets.append(Target(format: pending)) }
    if targets.isEmpty { targets = [Target(format: standard)] }
    guard targets.count(where: { $0.file == nil }) <= 1 else {
      throw .usage(
        UsageError(
          "two formats would share the standard output",
          hint: "give each `--format` but one an `--output FILE` behind it"
        )
      )
    }
    self.targets = targets
  }

  /// Writes every target; a file is replaced whole.
  func write(
    to console: Console,
    _ render: (Format, _ isForPeople: Bool) -> String
  ) throws(Failure) {
    for target in targets {
      guard let file = target.file else {
        console.result(render(target.format, true))
        continue
      }
      let text = render(target.format, false)
      do { try PublicFile.write(Array(text.utf8), to: file) } catch { throw .file(error) }
    }
  }

  private static func format(_ name: String) throws(Failure) -> Format {
    if let format = Format(rawValue: name) { return format }
    let names = Format.allCases.map(\.rawValue)
    throw .usage(
      UsageError(
        "unknown format `\(name)`",
        hint: Suggestion.nearest(to: name, among: names).map { "did you mean `\($0)`?" }
          ?? "formats: \(names.joined(separator: ", "))"
      )
    )
  }
}
