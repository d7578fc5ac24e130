internal import Crypto

/// What a client offers to prove who it is.
enum ClientProof: Sendable {
  case secret(ClientSecret)
  case assertion(JSONWebToken)

  static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

  /// Finds the proof among the fields of a form; `secret` is that of the `Authorization` field.
  init(_ form: FormFields, secret: String?) throws(SignInFailure) {
    if let assertion = form["client_assertion"] {
      guard let type = form["client_assertion_type"] else {
        throw .missing("client_assertion_type")
      }
      guard type == Self.assertionType else { throw .unsupportedAssertionType(type) }
      guard let token = JSONWebToken(assertion) else {
        throw .malformedAssertion("it is not three parts in base64url.")
      }
      self = .assertion(token)
    } else if let secret = secret ?? form["client_secret"] {
      self = .secret(ClientSecret(secret))
    } else {
      throw .noCredential
    }
  }

  /// Checks the proof against what a client registered.
  ///
  /// `audiences` are the names of the token endpoint that an assertion may be addressed to, `now` is
  /// the clock by which clients date their assertions.
  func check(
    of client: RegisteredClient,
    audiences: Set<String>,
    now: Timestamp
  ) throws(SignInFailure) {
    switch self {
    case .secret(let offered):
      guard let secret = client.secret, secret.matches(offered.revealed) else {
        throw .wrongSecret(client.clientID)
      }
    case .assertion(let token) where CertificateAssertion.isOne(token, of: client):
      try CertificateAssertion(token: token).check(of: client, audiences: audiences, now: now)
    case .assertion(let token):
      try FederatedAssertion(token: token).check(of: client, now: now)
    }
  }
}

extension JSONWebToken {
  /// Refuses a token that is not valid at a moment; clocks may differ by five minutes.
  func checkValidity(at now: Timestamp) throws(SignInFailure) {
    guard let end = moment("exp") else { throw .malformedAssertion("it has no 'exp'.") }
    let start = moment("nbf") ?? 0
    guard now.seconds < end.addingClamped(300), now.seconds >= start.addingClamped(-300) else {
      throw .outsideValidity(
        now: now.text,
        from: Self.text(of: start),
        until: Self.text(of: end)
      )
    }
  }

  /// A moment in words where the calendar has it, as a number elsewhere.
  private static func text(of seconds: Int64) -> String {
    (0...253_402_300_799).contains(seconds)
      ? Timestamp(milliseconds: seconds * 1000).text : String(seconds)
  }
}

extension Int64 {
  fileprivate func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
}
