/// The options that several commands share, each described once.
enum CommonOptions {
  static let repository = [
    Option("repo", value: "PATH", in: .repository, "the repository (default: this folder)"),
    Option(
      "path",
      value: "FOLDER",
      in: .repository,
      "the declarations (default: `desired-state`)"
    ),
  ]
  static let ref = [
    Option("ref", value: "REF", in: .repository, "the commit to read (default: `HEAD`)")
  ]
  static let configuredRef = [
    Option("ref", value: "REF", in: .repository, "the commit to read (default: `tenant.ref`)")
  ]
  static let journal = Option(
    "journal",
    value: "FILE",
    in: .tenant,
    "where the journal is"
  )
  static let tenant = [
    Option("endpoint", value: "URL", in: .tenant, "an emulator on this machine"),
    journal,
    Option("max-requests", value: "N", in: .tenant, "the most Graph requests to make"),
  ]
  static let limits = [
    Option("max-removals", value: "N", in: .scope, ""),
    Option("max-invitations", value: "N", in: .scope, "lower the limit of a guard"),
    Option(
      "accept",
      value: "GUARD:DIGEST",
      repeatable: true,
      in: .scope,
      "accept what a guard holds back, as printed"
    ),
    Option(
      "decline",
      value: "GUARD:DIGEST",
      repeatable: true,
      in: .scope,
      "leave alone what the guard `ownership` asks about"
    ),
    reason,
    Option(
      "anchor",
      value: "COMMIT",
      in: .scope,
      "a commit known to be good, to verify from"
    ),
  ]
  static let reason = Option(
    "reason",
    value: "TEXT",
    in: .scope,
    "why something is accepted; kept in the journal"
  )
  static let readOnly = Option(
    "require-read-only",
    in: .tenant,
    "refuse credentials that could write"
  )
  static let scope = [
    Option(
      "target",
      value: "NAME",
      repeatable: true,
      in: .scope,
      "only this address, partner, app, group or package"
    ),
    Option("only", value: "KIND", repeatable: true, in: .scope, "only people, grants or removals"),
  ]
  static let verbosity = [
    Option("quiet", in: .output, ""), Option("verbose", in: .output, ""),
    Option("no-color", in: .output, "print less, more, or without colour"),
  ]

  static func output(_ formats: [String]) -> [Option] {
    [
      Option(
        "format",
        value: "FORMAT",
        repeatable: true,
        in: .output,
        // Long lists would be wider than the screen; an unknown format lists them all.
        formats.count > 4
          ? formats.prefix(4).joined(separator: ", ") + ", …"
          : formats.joined(separator: ", ")
      ),
      Option(
        "output",
        value: "FILE",
        repeatable: true,
        in: .output,
        "write the format before it to a file"
      ),
    ]
  }
}
