/// Why Graph does not even look at a call: the status, and what goes into its error envelope.
package struct CallRefusal: Error, Hashable, Sendable {
  package let status: Int
  package let code: String
  package let message: String
  /// The value of `WWW-Authenticate`, where one is sent.
  package let challenge: String?

  /// FACTS section 8: permission missing.
  package static let insufficientPrivileges = Self(
    status: 403,
    code: "Authorization_RequestDenied",
    message: "Insufficient privileges to complete the operation.",
    challenge: nil
  )

  /// FACTS section 8: a token that is missing, malformed, expired or meant for somebody else.
  static func invalidToken(_ message: String, base: String) -> Self {
    Self(
      status: 401,
      code: "InvalidAuthenticationToken",
      message: message,
      challenge: #"Bearer realm="", authorization_uri="\#(base)/common/oauth2/authorize", "#
        + #"client_id="00000003-0000-0000-c000-000000000000""#
    )
  }
}
