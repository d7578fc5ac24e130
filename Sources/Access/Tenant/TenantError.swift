/// Why a tenant did not do what it was asked.
///
/// `code` and `message` are the service's own words and are data: shown to people, never branched on.
package struct TenantError: Error, Hashable, Sendable {
  package var kind: Kind
  /// What was attempted, in words (`reading the guests`).
  package var operation: String
  package var status: Int?
  package var code: String?
  package var message: String
  package var requestID: String?
  /// What to do about it, where that is known (a permission to grant).
  package var hint: String?

  package init(
    _ kind: Kind,
    operation: String,
    status: Int? = nil,
    code: String? = nil,
    message: String,
    requestID: String? = nil,
    hint: String? = nil
  ) {
    self.kind = kind
    self.operation = operation
    self.status = status
    self.code = code
    self.message = message
    self.requestID = requestID
    self.hint = hint
  }

  package enum Kind: String, Hashable, Sendable {
    /// Nothing answered.
    case unreachable
    /// The reply is not one of Graph's: not JSON, or a page without values.
    case malformedReply
    /// The sign-in was refused.
    case authentication
    /// The credentials hold too little for this operation.
    case permission
    case notFound
    /// The request was understood and refused for good.
    case refused
    /// The service asked for patience for longer than we would wait.
    case throttled
    /// The service failed, and went on failing.
    case unavailable
    /// A write was sent and no reply came: it may have been carried out.
    case unknownOutcome
    /// The limit of `--max-requests` was reached.
    case budgetExhausted
    /// What the plan asks for cannot be done yet.
    case unsupported
    case cancelled
  }
}
