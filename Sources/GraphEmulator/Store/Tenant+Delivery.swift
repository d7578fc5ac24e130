extension Tenant {
  /// Moves every open request on as far as the time that has passed allows: at once from
  /// `submitted` to `delivering`, and after the tenant's delivery time to `delivered`.
  func advanceRequests() {
    for id in openRequests.sorted() {
      guard let request = entity(.assignmentRequests, id) else {
        openRequests.remove(id)
        continue
      }
      if needsApproval(request), request["state"] == "submitted" {
        setRequest(id, state: "pendingApproval", isComplete: false)
      }
      guard entity(.assignmentRequests, id)?["state"] != "pendingApproval" else { continue }
      let created = request["createdDateTime"]?.string.flatMap { Timestamp(text: $0) } ?? now
      if created.adding(seconds: deliverySeconds) <= now {
        deliver(id, request)
      } else if request["state"] == "submitted" {
        setRequest(id, state: "delivering", isComplete: false)
      }
    }
  }

  /// Only what users ask for themselves waits for approvers.
  private func needsApproval(_ request: JSONValue) -> Bool {
    guard request["requestType"]?.string?.hasPrefix("user") == true else { return false }
    let settings = request["assignment"]?["assignmentPolicy"]?["requestApprovalSettings"]
    return settings?["isApprovalRequiredForAdd"] == true
  }

  /// Carries a request out.
  func deliver(_ id: String, _ request: JSONValue) {
    guard let assignment = request["assignment"], let key = assignment["id"]?.string else {
      return setRequest(id, state: "deliveryFailed", isComplete: true)
    }
    let members = assignment.members ?? []
    switch request["requestType"]?.string {
    case "adminRemove", "userRemove", "systemRemove":
      withdrawResources(ofAssignment: key)
      setEntity(
        .packageAssignments,
        key,
        members.replacing([
          ("state", "expired"), ("status", "Expired"), ("expiredDateTime", .string(now.text)),
        ])
      )
    default:
      let schedule = request["schedule"] ?? .null
      let start: JSONValue = schedule.isNull ? ["startDateTime": .string(now.text)] : schedule
      setEntity(
        .packageAssignments,
        key,
        members.replacing([("state", "delivered"), ("status", "Delivered"), ("schedule", start)])
      )
      deliverResources(ofAssignment: key)
    }
    setRequest(id, state: "delivered", isComplete: true)
  }

  /// Gives the holder of an assignment what the package contains.
  func deliverResources(ofAssignment id: String) {
    guard let (holder, resources) = resources(ofAssignment: id) else { return }
    for resource in resources {
      switch resource {
      case .group(let group): addMembers([holder], to: group)
      case .role(let app, let role):
        let held = assignments.of(principal: holder)
        guard !held.contains(where: { $0.resource == app && $0.role == role }) else { continue }
        assignments.insert(principal: holder, resource: app, role: role, createdAt: now)
      }
    }
  }

  private func withdrawResources(ofAssignment id: String) {
    guard let (holder, resources) = resources(ofAssignment: id) else { return }
    for resource in resources {
      switch resource {
      case .group(let group): removeMember(holder, from: group)
      case .role(let app, let role):
        for row in assignments.of(principal: holder) where row.resource == app && row.role == role {
          assignments.remove(row)
        }
      }
    }
  }

  private func resources(
    ofAssignment id: String
  ) -> (holder: Handle, resources: [PackageResource])? {
    guard let assignment = entity(.packageAssignments, id),
      let holder = assignment["target"]?["objectId"]?.string.flatMap({ ObjectID($0) })
        .flatMap({ live($0, .user) })
    else { return nil }
    return (holder, packageResources[assignment["accessPackage"]?["id"]?.string ?? ""] ?? [])
  }
}
