extension SignIn {
  /// Refuses a name in a path that is not this tenant's.
  func checkTenant(_ name: String) throws(SignInFailure) {
    guard !isTenant(name) else { return }
    if ["common", "organizations", "consumers"].contains(name.lowercased()) { throw .noTenant }
    guard ObjectID(name) != nil || name.contains(".") else { throw .malformedTenant(name) }
    throw .unknownTenant(name)
  }

  /// Writes a refusal as Entra does, with identifiers of its own; `correlation` is the client's.
  func reply(for failure: SignInFailure, correlation: String?, now: Timestamp) -> SignInReply {
    let trace = tokens.nextID("trace")
    let correlation = correlation ?? tokens.nextID("correlation")
    // `2026-11-20 12:00:00Z`, not with the T that Graph writes.
    let time = now.text.replacing("T", with: " ")
    let description =
      "AADSTS\(failure.code): \(failure.description) Trace ID: \(trace) "
      + "Correlation ID: \(correlation) Timestamp: \(time)"
    return SignInReply(
      status: failure.status,
      [
        "error": .string(failure.error), "error_description": .string(description),
        "error_codes": [.number(String(failure.code))], "timestamp": .string(time),
        "trace_id": .string(trace), "correlation_id": .string(correlation),
        "error_uri": .string("https://login.microsoftonline.com/error?code=\(failure.code)"),
      ],
      headers: [("x-ms-request-id", trace), ("client-request-id", correlation)]
    )
  }
}
