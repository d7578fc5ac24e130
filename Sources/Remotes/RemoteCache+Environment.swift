internal import HTTP

// What git is told through its environment, where other users of the machine cannot read it.
extension RemoteCache {
  /// The variables of a git that fetches from one URL: it asks nobody, runs no other transport, and
  /// learns the URL's password for that URL's host alone.
  static func variables(for url: RemoteURL, from environment: [String: String]) -> [String: String]
  {
    var variables = environment.filter { name, _ in
      passed.contains(name) || name.hasPrefix("SSL_CERT_") || name.hasPrefix("GIT_SSL_")
    }
    variables["GIT_TERMINAL_PROMPT"] = "0"
    variables["GIT_ASKPASS"] = ""
    variables["SSH_ASKPASS_REQUIRE"] = "never"
    variables["LC_ALL"] = "C.UTF-8"
    variables["GIT_ALLOW_PROTOCOL"] = "https:http:ssh:file"
    if variables["GIT_SSH_COMMAND"] == nil {
      variables["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes"
    }
    var settings = [("core.askPass", ""), ("protocol.file.allow", "always")]
    if let password = url.password {
      variables["GUESTLIST_REMOTE_USER"] = url.user
      variables["GUESTLIST_REMOTE_PASSWORD"] = password.reveal()
      // First an empty one, so that no other helper is asked, or told to keep the password.
      settings.append(("credential.\(url.origin).helper", ""))
      settings.append(("credential.\(url.origin).helper", helper))
    }
    variables["GIT_CONFIG_COUNT"] = "\(settings.count)"
    for (index, setting) in settings.enumerated() {
      variables["GIT_CONFIG_KEY_\(index)"] = setting.0
      variables["GIT_CONFIG_VALUE_\(index)"] = setting.1
    }
    return variables
  }

  private static let helper = """
    !f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' \
    "$GUESTLIST_REMOTE_USER" "$GUESTLIST_REMOTE_PASSWORD"; }; f
    """

  /// What of this process's environment git may need to reach a remote as its user would.
  private static let passed: Set<String> = [
    "HOME", "PATH", "USER", "LOGNAME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR",
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_SSH", "GIT_SSH_COMMAND",
    "SSH_AUTH_SOCK", "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
    "no_proxy", "NO_PROXY", "CURL_CA_BUNDLE",
  ]
}
