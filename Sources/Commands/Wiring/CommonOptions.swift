/// The options that several commands share, each described once.
enum CommonOptions {
  static let repository = [
    Option("repo", value: "PATH", "the repository; the present folder where left out"),
    Option(
      "path",
      value: "FOLDER",
      "the folder of the declarations; `desired-state` where left out"
    ),
  ]
  static let ref = [
    Option("ref", value: "REF", "the commit to read; `HEAD` where left out")
  ]
  static let tenant = [
    Option("endpoint", value: "URL", "an emulator on this machine that stands for login and Graph"),
    Option("journal", value: "FILE", "the journal; GUESTLIST_JOURNAL, else below $XDG_STATE_HOME"),
    Option("max-requests", value: "N", "the most Graph requests that the run may make"),
  ]
  static let limits = [
    Option("max-removals", value: "N", "lowers the declared limit on guests who lose something"),
    Option("max-invitations", value: "N", "lowers the declared limit on invitations"),
    Option(
      "accept",
      value: "GUARD:DIGEST",
      repeatable: true,
      "release what a guard holds back, as the plan printed it"
    ),
    Option(
      "decline",
      value: "ownership:DIGEST",
      repeatable: true,
      "leave alone what may not be ours; needs --reason"
    ),
    reason,
    Option(
      "anchor",
      value: "COMMIT",
      "a commit known to be good: signatures are verified from there on"
    ),
  ]
  static let reason = Option(
    "reason",
    value: "TEXT",
    "why something is accepted; kept in the journal"
  )
  static let readOnly = Option(
    "require-read-only",
    "refuse credentials that could write"
  )
  static let scope = [
    Option(
      "target",
      value: "T",
      repeatable: true,
      "only what concerns an address, a partner, or an app, group or package of the catalog"
    ),
    Option("only", value: "KIND", repeatable: true, "only people, grants or removals"),
  ]
  static let voice = [
    Option("quiet", "print results only"),
    Option("no-color", "print without colour, as NO_COLOR does"),
  ]

  static func output(_ formats: [String]) -> [Option] {
    [
      Option(
        "format",
        value: "F",
        repeatable: true,
        "\(formats.joined(separator: ", ")); `\(formats.first ?? "")` where left out"
      ),
      Option(
        "output",
        value: "FILE",
        repeatable: true,
        "write to a file; pairs with the `--format` before it"
      ),
    ]
  }
}
