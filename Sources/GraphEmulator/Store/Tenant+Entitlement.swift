extension Tenant {
  /// Takes a request in; its state moves on with time, and is `submitted` in the reply.
  ///
  /// - Returns: The identifier of the request.
  /// - Throws: 400 for what the service refuses at once, 404 for what does not exist.
  func submit(_ wanted: PackageRequest, by caller: Caller) throws(GraphFailure) -> String {
    var assignment: [JSONValue.Member]
    var packageID: String
    switch wanted.kind {
    case "adminAdd", "userAdd", "onBehalfAdd", "systemAdd":
      (assignment, packageID) = try newPackageAssignment(wanted)
    case "adminRemove", "adminUpdate", "userRemove", "userUpdate", "systemRemove", "systemUpdate":
      let id = wanted.assignmentID ?? ""
      guard let existing = entity(.packageAssignments, id) else { throw .notFound(id) }
      guard existing["state"] == "delivered" else {
        throw .badRequest("The assignment is not in a state in which it can be changed.")
      }
      assignment = existing.members ?? []
      packageID = existing["accessPackage"]?["id"]?.string ?? ""
    default: throw .invalidValue("requestType")
    }
    guard let package = entity(.accessPackages, packageID) else { throw .notFound(packageID) }
    let id = generator.objectID().text
    let requestor: JSONValue = [
      "id": .string(caller.objectID), "objectId": .string(caller.objectID),
      "displayName": .string(caller.displayName), "subjectType": "servicePrincipal",
    ]
    setEntity(
      .assignmentRequests,
      id,
      [
        .init("id", .string(id)), .init("requestType", .string(wanted.kind)),
        .init("state", "submitted"), .init("status", "Accepted"),
        .init("createdDateTime", .string(now.text)), .init("answers", []),
        .init("justification", wanted.justification), .init("schedule", wanted.schedule),
        .init("assignment", .object(assignment)), .init("accessPackage", package),
        .init("requestor", requestor),
      ]
    )
    openRequests.insert(id)
    return id
  }

  private func newPackageAssignment(
    _ wanted: PackageRequest
  ) throws(GraphFailure) -> (members: [JSONValue.Member], packageID: String) {
    guard let packageID = wanted.packageID else {
      throw .badRequest("A value is required for property 'accessPackageId' of the assignment.")
    }
    guard let package = entity(.accessPackages, packageID) else { throw .notFound(packageID) }
    guard let policyID = wanted.policyID else {
      throw .badRequest("A value is required for property 'assignmentPolicyId' of the assignment.")
    }
    guard let policy = entity(.assignmentPolicies, policyID) else { throw .notFound(policyID) }
    let subject = try subject(wanted.target)
    let isThere = entities(.packageAssignments).contains { other in
      other["accessPackage"]?["id"]?.string == packageID && other["state"] == "delivered"
        && other["target"]?["id"] == subject["id"]
    }
    guard !isThere else {
      throw .badRequest("The subject already has an assignment of this access package.")
    }
    let members: [JSONValue.Member] = [
      .init("id", .string(generator.objectID().text)), .init("state", "delivering"),
      .init("status", "Delivering"), .init("schedule", wanted.schedule),
      .init("accessPackage", package), .init("assignmentPolicy", policy),
      .init("target", subject),
    ]
    return (members, packageID)
  }

  /// Finds or makes the subject of an assignment; for an address that nobody holds the service
  /// invites the guest itself.
  private func subject(_ target: PackageRequest.Target?) throws(GraphFailure) -> JSONValue {
    let handle: Handle
    switch target {
    case nil: throw .badRequest("The assignment names no target.")
    case .user(let id):
      guard let found = live(id, .user) else { throw .notFound(id) }
      handle = found
    case .email(let address):
      guard InvitationRequest.isAcceptable(address) else { throw .invalidValue("email") }
      if let known = try invitedBefore(address) {
        handle = known
      } else {
        handle = insertGuest(
          try InvitationRequest([
            .init("invitedUserEmailAddress", .string(address)),
            .init("inviteRedirectUrl", "https://myaccess.microsoft.com"),
          ])
        )
      }
    }
    return packageSubject(handle)
  }

  /// The subject that stands for a user, made on first use.
  func packageSubject(_ handle: Handle) -> JSONValue {
    let id = object(handle)?.id.text ?? ""
    let subject: [JSONValue.Member] = [
      .init("id", .string(id)), .init("objectId", .string(id)), .init("subjectType", "user"),
      .init("displayName", text(handle, "displayName").map { .string($0) } ?? .null),
      .init("email", text(handle, "mail").map { .string($0) } ?? .null),
      .init("principalName", text(handle, "userPrincipalName").map { .string($0) } ?? .null),
      .init("subjectLifecycle", text(handle, "userType") == "Guest" ? "governed" : "notDefined"),
    ]
    setEntity(.subjects, id, subject)
    return .object(subject)
  }

  func setRequest(_ id: String, state: String, isComplete: Bool) {
    guard let request = entity(.assignmentRequests, id) else { return }
    var changed: [(String, JSONValue)] = [
      ("state", .string(state)),
      ("status", .string(state == "delivered" ? "Fulfilled" : state.capitalizedFirst)),
    ]
    if isComplete { changed.append(("completedDateTime", .string(now.text))) }
    setEntity(.assignmentRequests, id, (request.members ?? []).replacing(changed))
    if isComplete { openRequests.remove(id) }
  }
}

extension [JSONValue.Member] {
  /// The members with some replaced or added.
  func replacing(_ changes: [(String, JSONValue)]) -> [JSONValue.Member] {
    filter { member in !changes.contains { $0.0 == member.name } }
      + changes.map { JSONValue.Member($0.0, $0.1) }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
