/// What the body of an access package request asks for.
struct PackageRequest {
  let kind: String
  let justification: JSONValue
  let schedule: JSONValue
  /// The assignment that an update or a removal is about.
  let assignmentID: String?
  let packageID: String?
  let policyID: String?
  let target: Target?

  enum Target {
    case user(ObjectID)
    /// Somebody who is not in the directory yet.
    case email(String)
  }

  /// - Throws: 400 where the kind of request and its assignment do not fit.
  init(_ body: JSONValue) throws(GraphFailure) {
    kind = body["requestType"]?.string ?? ""
    justification = body["justification"] ?? .null
    schedule = body["schedule"] ?? .null
    guard let assignment = body["assignment"] else {
      throw .badRequest("A value is required for property 'assignment' of the request.")
    }
    assignmentID = assignment["id"]?.string
    packageID = assignment["accessPackageId"]?.string ?? assignment["accessPackage"]?["id"]?.string
    policyID =
      assignment["assignmentPolicyId"]?.string ?? assignment["assignmentPolicy"]?["id"]?.string
    let id = assignment["targetId"]?.string ?? assignment["target"]?["objectId"]?.string
    if let id = id.flatMap({ ObjectID($0) }) {
      target = .user(id)
    } else {
      target = assignment["target"]?["email"]?.string.map { .email($0) }
    }
  }
}
