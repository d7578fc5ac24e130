internal import Access
internal import HTTP

/// One request to Graph, alone or as an item of a batch.
struct GraphMessage: Hashable, Sendable {
  var method: HTTPMethod
  /// From the version on, beginning with `/`: where it is sent is not the message's to say.
  var path: String
  var body: CanonicalJSON?
  var operation: GraphOperation
  /// Sent as `client-request-id`, which joins the request to the tenant's audit log.
  var requestID: GUID
  var priority: Priority
  /// What FACTS section 7 says it costs, for where the service does not say.
  var resourceUnits = 1

  /// Who is shed first when the service is short (`x-ms-throttle-priority`).
  enum Priority: String, Hashable, Sendable { case low = "Low", normal = "Normal" }
}
