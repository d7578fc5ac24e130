/// Assignments of access packages and the requests that bring them about (FACTS section 5).
enum PackageAssignments {
  private static let root = AccessPackages.root
  private static let reading = AccessPackages.reading
  private static let writing = AccessPackages.writing

  private static let assignments = EntityOperations(
    name: .packageAssignment,
    path: "\(root)/assignments",
    units: 0
  )
  private static let requests = EntityOperations(
    name: .assignmentRequest,
    path: "\(root)/assignmentRequests",
    units: 0
  )

  static let operations = [
    assignments.list(reading), assignments.read(reading), requests.list(reading),
    requests.read(reading),
    EntityOperations(name: .subject, path: "\(root)/subjects", units: 0).list(reading),
    Operation("POST \(requests.path)", units: 0, writing) { call, tenant in
      let body = try requests.checkedBody(call, ["requestType"])
      let key = try tenant.submit(.object(body.members), by: call.caller)
      return try requests.reply(call, tenant, key, 201)
    },
    Operation("DELETE \(requests.path)/{}", units: 0, writing) { call, tenant in
      let key = try find(
        call,
        &tenant,
        in: ["delivered", "denied", "canceled", "deliveryFailed"],
        "removed"
      )
      tenant.sets[.assignmentRequest]?.remove(key)
      return .noContent
    },
    Operation("POST \(requests.path)/{}/cancel", units: 0, writing) { call, tenant in
      let key = try find(
        call,
        &tenant,
        in: ["submitted", "pendingApproval", "scheduled"],
        "canceled"
      )
      tenant.setRequest(key, "canceled", isComplete: true)
      return .noContent
    },
    Operation("POST \(assignments.path)/{}/reprocess", units: 0, writing) { call, tenant in
      let key = call.keys[0].text
      guard tenant.sets[.packageAssignment]?[key] != nil else { throw GraphFailure.notFound(key) }
      tenant.deliverResources(ofAssignment: key)
      return .noContent
    },
  ]

  /// The request in the path, which must be in one of some states.
  private static func find(
    _ call: Call,
    _ tenant: inout Tenant,
    in states: Set<String>,
    _ verb: String
  ) throws -> String {
    tenant.advanceRequests()
    let key = call.keys[0].text
    guard let request = tenant.entity(.assignmentRequest, key) else {
      throw GraphFailure.notFound(key)
    }
    guard states.contains(request["state"]?.string ?? "") else {
      throw GraphFailure.badRequest("The request cannot be \(verb) in its current state.")
    }
    return key
  }
}

extension Tenant {
  /// Takes a request in; its state moves on with time, and is `submitted` in the reply.
  ///
  /// - Returns: The identifier of the request.
  /// - Throws: 400 for what the service refuses at once, 404 for what does not exist.
  fileprivate mutating func submit(_ body: JSONValue, by caller: Caller) throws -> String {
    guard let wanted = body["assignment"] else {
      throw GraphFailure.badRequest("A value is required for property 'assignment' of the request.")
    }
    let kind = body["requestType"]?.string ?? ""
    let assignment: JSONValue
    switch kind {
    case "adminAdd", "userAdd", "onBehalfAdd", "systemAdd":
      assignment = try newAssignment(wanted, body["schedule"] ?? .null)
    case "adminRemove", "adminUpdate", "userRemove", "userUpdate", "systemRemove", "systemUpdate":
      let id = wanted["id"]?.string ?? ""
      guard let existing = entity(.packageAssignment, id) else { throw GraphFailure.notFound(id) }
      guard existing["state"] == "delivered" else {
        throw GraphFailure.badRequest(
          "The assignment is not in a state in which it can be changed."
        )
      }
      assignment = existing
    default: throw GraphFailure.invalidValue("requestType")
    }
    let packageID = assignment["accessPackage"]?["id"]?.string ?? ""
    guard let package = entity(.accessPackage, packageID) else {
      throw GraphFailure.notFound(packageID)
    }
    let id = generator.objectID().text
    setEntity(
      .assignmentRequest,
      id,
      [
        "id": .string(id), "requestType": .string(kind), "state": "submitted",
        "status": "Accepted", "createdDateTime": moment, "answers": [],
        "justification": body["justification"] ?? .null, "schedule": body["schedule"] ?? .null,
        "assignment": assignment, "accessPackage": package,
        "requestor": [
          "id": .string(caller.objectID), "objectId": .string(caller.objectID),
          "displayName": .string(caller.displayName), "subjectType": "servicePrincipal",
        ],
      ]
    )
    openRequests.insert(id)
    return id
  }

  private mutating func newAssignment(
    _ wanted: JSONValue,
    _ schedule: JSONValue
  ) throws -> JSONValue {
    func named(_ set: EntitySet.Name, _ key: String, _ navigation: String) throws -> JSONValue {
      guard let id = wanted[key]?.string ?? wanted[navigation]?["id"]?.string else {
        throw GraphFailure.badRequest(
          "A value is required for property '\(key)' of the assignment."
        )
      }
      guard let found = entity(set, id) else { throw GraphFailure.notFound(id) }
      return found
    }
    let package = try named(.accessPackage, "accessPackageId", "accessPackage")
    let policy = try named(.assignmentPolicy, "assignmentPolicyId", "assignmentPolicy")
    let subject = packageSubject(try target(wanted))
    let isThere = entities(.packageAssignment).contains { other in
      other["accessPackage"]?["id"] == package["id"] && other["state"] == "delivered"
        && other["target"]?["id"] == subject["id"]
    }
    guard !isThere else {
      throw GraphFailure.badRequest(
        "The subject already has an assignment of this access package."
      )
    }
    return [
      "id": .string(generator.objectID().text), "state": "delivering", "status": "Delivering",
      "schedule": schedule, "accessPackage": package, "assignmentPolicy": policy,
      "target": subject,
    ]
  }

  /// Finds whom an assignment is for; for an address that nobody holds the service invites the
  /// guest itself.
  private mutating func target(_ wanted: JSONValue) throws -> DirectoryObject {
    let text = wanted["targetId"]?.string ?? wanted["target"]?["objectId"]?.string
    if let id = text.flatMap({ ObjectID($0) }) {
      guard let user = live(id, .user) else { throw GraphFailure.notFound(id) }
      return user
    }
    guard let address = wanted["target"]?["email"]?.string else {
      throw GraphFailure.badRequest("The assignment names no target.")
    }
    guard Invitations.isAcceptable(address) else { throw GraphFailure.invalidValue("email") }
    return try invitedBefore(address) ?? insertGuest(address)
  }

  /// The subject that represents a user, made on first use.
  mutating func packageSubject(_ user: DirectoryObject) -> JSONValue {
    let id = JSONValue.string(user.id.text)
    let subject: JSONValue = [
      "id": id, "objectId": id, "subjectType": "user",
      "displayName": .text(user.text("displayName")), "email": .text(user.text("mail")),
      "principalName": .text(user.text("userPrincipalName")),
      "subjectLifecycle": user.text("userType") == "Guest" ? "governed" : "notDefined",
    ]
    setEntity(.subject, user.id.text, subject)
    return subject
  }

  func request(_ id: String) -> JSONValue? { entity(.assignmentRequest, id) }

  mutating func setRequest(_ id: String, _ state: String, isComplete: Bool = false) {
    let status =
      state == "delivered" ? "Fulfilled" : state.prefix(1).uppercased() + state.dropFirst()
    var changed: [String: JSONValue] = ["state": .string(state), "status": .string(status)]
    if isComplete {
      changed["completedDateTime"] = moment
      openRequests.remove(id)
    }
    changeEntity(.assignmentRequest, id, changed)
  }

  /// Moves every open request on as far as the time that has passed allows: at once from
  /// `submitted` to `delivering`, and after the tenant's delivery time to `delivered`.
  mutating func advanceRequests() {
    for id in openRequests.sorted() {
      guard let request = request(id) else {
        openRequests.remove(id)
        continue
      }
      if request["state"] == "pendingApproval" { continue }
      // Only what users ask for themselves waits for approvers.
      let settings = request["assignment"]?["assignmentPolicy"]?["requestApprovalSettings"]
      if request["state"] == "submitted", settings?["isApprovalRequiredForAdd"] == true,
        request["requestType"]?.string?.hasPrefix("user") == true
      {
        setRequest(id, "pendingApproval")
        continue
      }
      let created = request["createdDateTime"]?.string.flatMap { Timestamp(text: $0) } ?? now
      if created.adding(seconds: deliverySeconds) <= now {
        deliver(id)
      } else if request["state"] == "submitted" {
        setRequest(id, "delivering")
      }
    }
  }

  /// Carries a request out.
  mutating func deliver(_ id: String) {
    guard let request = request(id), let assignment = request["assignment"],
      let key = assignment["id"]?.string
    else { return setRequest(id, "deliveryFailed", isComplete: true) }
    if request["requestType"]?.string?.hasSuffix("Remove") == true {
      withdrawResources(ofAssignment: key)
      let end: [String: JSONValue] = [
        "state": "expired", "status": "Expired", "expiredDateTime": moment,
      ]
      setEntity(.packageAssignment, key, assignment.setting(end))
    } else {
      let schedule = request["schedule"] ?? .null
      let start: [String: JSONValue] = [
        "state": "delivered", "status": "Delivered",
        "schedule": schedule.isNull ? ["startDateTime": moment] : schedule,
      ]
      setEntity(.packageAssignment, key, assignment.setting(start))
      deliverResources(ofAssignment: key)
    }
    setRequest(id, "delivered", isComplete: true)
  }

  /// Gives the holder of an assignment what the package contains.
  mutating func deliverResources(ofAssignment key: String) {
    guard let (holder, resources) = resources(ofAssignment: key) else { return }
    for resource in resources {
      switch resource {
      case .group(let group): members.insert(group, holder.id)
      case .role(let app, let role):
        let held = assignments.of(principal: holder.id)
        guard !held.contains(where: { $0.resource == app && $0.role == role }) else { continue }
        assignments.insert(principal: holder.id, resource: app, role: role, createdAt: now)
      }
    }
  }

  private mutating func withdrawResources(ofAssignment key: String) {
    guard let (holder, resources) = resources(ofAssignment: key) else { return }
    for resource in resources {
      switch resource {
      case .group(let group): members.remove(group, holder.id)
      case .role(let app, let role):
        for row in assignments.of(principal: holder.id)
        where row.resource == app && row.role == role {
          assignments.remove(row)
        }
      }
    }
  }

  private func resources(
    ofAssignment key: String
  ) -> (holder: DirectoryObject, resources: [AccessPackages.Resource])? {
    guard let assignment = entity(.packageAssignment, key),
      let id = assignment["target"]?["objectId"]?.string.flatMap({ ObjectID($0) }),
      let holder = objects[id], holder.deletedAt == nil
    else { return nil }
    let package = entity(.accessPackage, assignment["accessPackage"]?["id"]?.string ?? "")
    return (
      holder,
      (package?["resourceRoleScopes"]?.array ?? []).compactMap {
        AccessPackages.Resource($0, self)
      }
    )
  }
}

extension PackageAssignments {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type accessPackageAssignment < entity
      accessPackage:accessPackage?> assignmentPolicy:accessPackageAssignmentPolicy?>
      expiredDateTime:d?! schedule:entitlementManagementSchedule?!
      state:accessPackageAssignmentState?! status:s?! target:accessPackageSubject?>
    enum accessPackageAssignmentState
      delivering partiallyDelivered delivered expired deliveryFailed unknownFutureValue
    type accessPackageAssignmentRequest < entity
      accessPackage:accessPackage?> answers:*accessPackageAnswer
      assignment:accessPackageAssignment?> completedDateTime:d?! createdDateTime:d?!
      justification:s? requestType:accessPackageRequestType? requestor:accessPackageSubject?>
      schedule:entitlementManagementSchedule? state:accessPackageRequestState?! status:s?!
    enum accessPackageRequestState
      submitted pendingApproval delivering delivered deliveryFailed denied scheduled canceled
      partiallyDelivered unknownFutureValue
    enum accessPackageRequestType
      notSpecified userAdd userUpdate userRemove adminAdd adminUpdate adminRemove systemAdd
      systemUpdate systemRemove onBehalfAdd unknownFutureValue approverRemove
    type accessPackageAnswer
      displayValue:s?
    type accessPackageAnswerString < accessPackageAnswer
      value:s?
    type accessPackageSubject < entity
      connectedOrganization:connectedOrganization?> displayName:s? email:s? objectId:s?
      onPremisesSecurityIdentifier:s? principalName:s?
      subjectLifecycle:accessPackageSubjectLifecycle subjectType:accessPackageSubjectType?
    enum accessPackageSubjectLifecycle
      notDefined notGoverned governed unknownFutureValue
    enum accessPackageSubjectType
      notSpecified user servicePrincipal unknownFutureValue
    type entitlementManagementSchedule
      expiration:expirationPattern? recurrence:patternedRecurrence? startDateTime:d?
    type expirationPattern
      duration:P? endDateTime:d? type:expirationPatternType?
    enum expirationPatternType
      notSpecified noExpiration afterDateTime afterDuration
    type patternedRecurrence
      pattern:recurrencePattern? range:recurrenceRange?
    type recurrencePattern
      dayOfMonth:i daysOfWeek:*dayOfWeek firstDayOfWeek:dayOfWeek? index:weekIndex? interval:i
      month:i type:recurrencePatternType?
    enum recurrencePatternType
      daily weekly absoluteMonthly relativeMonthly absoluteYearly relativeYearly
    type recurrenceRange
      endDate:D? numberOfOccurrences:i recurrenceTimeZone:s? startDate:D?
      type:recurrenceRangeType?
    enum recurrenceRangeType
      endDate noEnd numbered
    enum dayOfWeek
      sunday monday tuesday wednesday thursday friday saturday
    enum weekIndex
      first second third fourth last
    """
}
