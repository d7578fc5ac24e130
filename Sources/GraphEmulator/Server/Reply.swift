/// What a route answers, before headers that every reply carries.
struct Reply: Sendable {
  var status: Int
  var body: [UInt8]
  var headers: [(name: String, value: String)] = []
  var contentType = Self.json
  /// The faults that struck, for the log.
  var faults: [FaultKind] = []

  static let json =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;"
    + "charset=utf-8"

  init(_ status: Int, _ body: [UInt8] = []) {
    self.status = status
    self.body = body
  }

  init(_ status: Int, _ value: JSONValue) { self.init(status, value.bytes) }

  static let noContent = Reply(204)

  /// Graph's error envelope (FACTS section 8).
  init(_ failure: GraphFailure, date: Timestamp, requestID: ObjectID, clientRequestID: String) {
    let inner: [String: JSONValue] = [
      "date": .string(String(date.text.dropLast())), "request-id": .string(requestID.text),
      "client-request-id": .string(clientRequestID),
    ]
    let error: JSONValue = [
      "code": .string(failure.code), "message": .string(failure.message),
      "innerError": .object(failure.innerError.merging(inner) { _, own in own }),
    ]
    self.init(failure.status, ["error": error])
    headers = failure.headers
  }
}

/// An error as Graph answers it: a status, a code to branch on, and a sentence.
struct GraphFailure: Error, Sendable {
  let status: Int
  let code: String
  let message: String
  /// Members of `innerError` beside the date and the identifiers.
  var innerError: [String: JSONValue] = [:]
  var headers: [(name: String, value: String)] = []

  init(_ status: Int, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }
}

// FACTS section 8, and the wordings of sections 1, 3 and 4.
extension GraphFailure {
  static func badRequest(_ message: String) -> Self { .init(400, "Request_BadRequest", message) }

  static func unsupportedQuery(_ message: String) -> Self {
    .init(400, "Request_UnsupportedQuery", message)
  }

  static func notFound(_ id: some CustomStringConvertible) -> Self {
    .init(
      404,
      "Request_ResourceNotFound",
      "Resource '\(id)' does not exist or one of its queried reference-property objects are not "
        + "present."
    )
  }

  static let notYetThere = Self(
    404,
    "Directory_ObjectNotFound",
    "Unable to read the company information from the directory."
  )

  /// Not 404, which clients read as an object that is gone (FACTS section 8).
  static func unknownSegment(_ segment: some StringProtocol) -> Self {
    .init(400, "BadRequest", "Resource not found for the segment '\(segment)'.")
  }

  static func unknownVersion(_ version: some StringProtocol) -> Self {
    .init(400, "BadRequest", "Invalid version: \(version)")
  }

  static let notDelegated = Self(
    400,
    "BadRequest",
    "/me request is only valid with delegated authentication flow."
  )

  static let methodNotAllowed = Self(
    405,
    "Request_BadRequest",
    "Specified HTTP method is not allowed for the request target."
  )

  static let tooLarge = Self(
    413,
    "RequestEntityTooLarge",
    "The size of the request exceeds what the service accepts."
  )

  static let denied = Self(
    403,
    "Authorization_RequestDenied",
    "Insufficient privileges to complete the operation."
  )

  static let notPremium = Self(
    403,
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
    "Neither tenant is B2C or tenant doesn't have premium license"
  )

  static func unknownProperty(_ name: String, _ type: GraphType) -> Self {
    badRequest("Could not find a property named '\(name)' on type 'microsoft.graph.\(type.name)'.")
  }

  static func invalidValue(_ name: String) -> Self {
    badRequest("Invalid value specified for property '\(name)' of resource.")
  }

  static func taken(_ property: String) -> Self {
    .init(
      400,
      "Request_MultipleObjectsWithSameKeyValue",
      "Another object with the same value for property \(property) already exists."
    )
  }
}

extension GraphFailure {
  /// FACTS section 4: the wording that clients look for.
  static func duplicateReference(_ property: String) -> Self {
    badRequest(
      "One or more added object references already exist for the following modified properties: "
        + "'\(property)'."
    )
  }

  static func invalidReference(_ property: String) -> Self {
    badRequest("The reference target '\(property)' is invalid.")
  }

  static let conflictingObject = Self.badRequest(
    "A conflicting object with one or more of the specified property values is present in the "
      + "directory."
  )
}
