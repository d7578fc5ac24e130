internal import Access
internal import Platform

/// Where the secret addresses go by which unmailed guests redeem: a private file, or the standard
/// input of a command that the user named on the command line.
struct RedeemHandover: Sendable {
  static let options = [
    Option(
      "redeem-urls",
      value: "FILE",
      in: .output,
      "write redeem links of unmailed guests to a file"
    ),
    Option(
      "redeem-command",
      value: "CMD",
      in: .output,
      "… or to a command's standard input"
    ),
  ]

  private enum Way: Sendable {
    case file(String)
    case command(String)
  }

  private let way: Way?
  private let environment: [String: String]

  init(_ arguments: Arguments, environment: [String: String]) throws(UsageError) {
    self.environment = environment
    switch (arguments.value("redeem-urls"), arguments.value("redeem-command")) {
    case (nil, nil): way = nil
    case (let file?, nil): way = .file(file)
    case (nil, let command?): way = .command(command)
    case (.some, .some):
      throw UsageError(
        "`--redeem-urls` and `--redeem-command` exclude one another",
        hint: "give one of them"
      )
    }
  }

  /// Refuses a plan that would make addresses with nowhere to go.
  func check(_ plan: Plan) throws(Failure) {
    guard way == nil else { return }
    let held = plan.heldBack
    for (position, action) in plan.actions.enumerated() where !held.contains(position) {
      switch action.operation {
      case .invite(_, _, let settings, _), .resend(_, let settings),
        .resetRedemption(_, let settings):
        guard settings.send else { throw Self.homeless(action.guest) }
      default: break
      }
    }
  }

  /// Hands over one address as a line of JSON, `{"guest": …, "redeemUrl": …}`.
  ///
  /// - Throws: `PlatformError` where the file cannot be written, or the command does not end well.
  func deliver(_ guest: EmailAddress, _ url: RedeemURL) async throws {
    let line =
      CanonicalJSON.object([
        "guest": .string(guest.normalised), "redeemUrl": .string(url.reveal()),
      ]).bytes + [UInt8(ascii: "\n")]
    switch way {
    case nil: return
    case .file(let path): try PrivateFile.append(line, to: path)
    case .command(let command):
      let child = ChildProcess("sh", ["-c", command], environment: environment, input: line)
      let done = try await child.run(timeout: .seconds(60), outputLimit: 1 << 20)
      guard done.isSuccess else {
        throw PlatformError(.other, operation: "running `\(command)`", detail: "\(done.status)")
      }
    }
  }

  private static func homeless(_ guest: EmailAddress) -> Failure {
    .refused(
      .error,
      "`\(guest)` is invited without a mail, and the redeem address would have nowhere to go",
      hints: ["name a file with `--redeem-urls`, or a command with `--redeem-command`"]
    )
  }
}
