/// The folders that the user's environment names for what programs keep
/// (https://specifications.freedesktop.org/basedir-spec/latest/).
enum UserFolder {
  static func state(_ environment: [String: String]) throws(Failure) -> String {
    try folder("XDG_STATE_HOME", below: ".local/state", environment)
  }

  /// `nil` where the environment names none: no cache is needed.
  static func cache(_ environment: [String: String]) -> String? {
    try? folder("XDG_CACHE_HOME", below: ".cache", environment)
  }

  private static func folder(
    _ variable: String,
    below fallback: String,
    _ environment: [String: String]
  ) throws(Failure) -> String {
    // The specification has relative paths ignored.
    if let given = environment[variable], given.hasPrefix("/") { return given }
    if let home = environment["HOME"], home.hasPrefix("/") { return "\(home)/\(fallback)" }
    throw .refused(
      .error,
      "there is no place for the journal: neither `\(variable)` nor `HOME` is set",
      hints: ["name one with `--journal FILE`"]
    )
  }
}
