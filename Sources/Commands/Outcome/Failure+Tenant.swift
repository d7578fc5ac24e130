internal import Access

extension Failure {
  /// Says what a tenant refused, in whose words, and whether trying again helps.
  static func report(_ error: TenantError) -> Report {
    var message = "\(error.operation): \(error.message)"
    if let code = error.code { message += " (\(code))" }
    if let status = error.status { message += " [HTTP \(status)]" }
    var hints = [error.hint, hint(for: error.kind)].compactMap { $0 }
    if let request = error.requestID { hints.append("the service calls this request \(request)") }
    var report = Report(outcome(of: error.kind), message)
    report.hints = hints
    return report
  }

  private static func outcome(of kind: TenantError.Kind) -> Outcome {
    switch kind {
    case .authentication, .permission: .authentication
    case .cancelled: .interrupted
    case .unreachable, .malformedReply, .notFound, .refused, .throttled, .unavailable,
      .unknownOutcome, .budgetExhausted, .unsupported:
      .error
    }
  }

  private static func hint(for kind: TenantError.Kind) -> String? {
    switch kind {
    case .unreachable:
      "is the address right and the service running? `GUESTLIST_ENDPOINT` or `--endpoint` names it"
    case .malformedReply:
      "something between here and Microsoft Graph answered in its place"
    case .authentication:
      "check `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`"
    case .permission:
      "grant the application the permission, then ask for a new token by running again"
    case .throttled: "the tenant is busy; a later run goes on where this one stopped"
    case .unavailable:
      "the service failed several times; a later run goes on where this one stopped"
    case .unknownOutcome: "the next run looks up what became of it before it tries again"
    case .budgetExhausted: "raise `--max-requests`, or narrow what is read"
    case .notFound, .refused, .unsupported, .cancelled: nil
    }
  }
}
