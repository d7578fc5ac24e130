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

  init(_ arguments: Arguments, environment: [String: String]) throws(Failure) {
    self.environment = environment
    switch (arguments.value("redeem-urls"), arguments.value("redeem-command")) {
    case (nil, nil): way = nil
    case (let file?, nil): way = .file(file)
    case (nil, let command?): way = .command(command)
    case (.some, .some):
      throw .usage(
        UsageError(
          "`--redeem-urls` and `--redeem-command` exclude one another",
          hint: "give one of them"
        )
      )
    }
  }

  /// Refuses a plan that would make addresses with nowhere to go; a file is created or checked here,
  /// before the first invitation.
  func check(_ plan: Plan) throws(Failure) {
    guard let guest = plan.firstUnmailed else { return }
    switch way {
    case nil: throw Self.homeless(guest)
    case .command: break
    case .file(let path):
      do throws(PlatformError) { try PrivateFile.append([], to: path) } catch {
        throw .refused(
          .error,
          "the redeem addresses cannot go to `\(path)`: \(error.detail)",
          hints: ["name a new file, or one that you own with mode 0600, with `--redeem-urls`"]
        )
      }
    }
  }

  /// Hands over one address as a line of JSON, `{"guest": …, "redeemUrl": …}`.
  ///
  /// An interruption does not stop it: the invitation is made, and nobody else has its address.
  ///
  /// - Throws: `PlatformError` where the file cannot be written, or the command does not end well.
  func deliver(_ guest: EmailAddress, _ url: RedeemURL) async throws {
    let line =
      CanonicalJSON.object([
        "guest": .string(guest.normalised), "redeemUrl": .string(url.reveal()),
      ]).bytes + [UInt8(ascii: "\n")]
    switch way {
    case nil: throw PlatformError(.other, operation: "handing over", detail: "no place was named")
    case .file(let path): try PrivateFile.append(line, to: path, isFlushed: true)
    case .command(let command):
      let child = ChildProcess("sh", ["-c", command], environment: environment, input: line)
      // A task of its own is not cancelled with the run.
      let done = try await Task {
        try await child.run(timeout: .seconds(60), outputLimit: 1 << 20)
      }.value
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

extension Plan {
  /// The first guest who would be invited without a mail.
  fileprivate var firstUnmailed: EmailAddress? {
    let held = heldBack
    for (position, action) in actions.enumerated() where !held.contains(position) {
      switch action.operation {
      case .invite(_, _, let settings, _), .resend(_, let settings),
        .resetRedemption(_, let settings):
        if !settings.send { return action.guest }
      default: break
      }
    }
    return nil
  }
}
