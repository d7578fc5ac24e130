extension Tenant {
  /// Finds an object that may become a member of a group and is none yet.
  ///
  /// - Throws: as FACTS section 4 lists: dynamic, synchronised and mail-enabled groups refuse;
  ///   a member twice is 400, an object that does not exist 404.
  func newMember(_ id: ObjectID, of group: Handle) throws(GraphFailure) -> Handle {
    try requireWritableMembership(group)
    guard let member = live(id) else { throw .notFound(id) }
    let isUnified = texts(group, "groupTypes").contains("Unified")
    guard member != group, kind(of: member) != .directoryRole, kind(of: member) != .application,
      !isUnified || kind(of: member) == .user
    else { throw .badRequest("The reference target is not a valid member of the group.") }
    guard !members.contains(group, member) || lag.isLeaving(group, member) else {
      throw .duplicateReference("members")
    }
    return member
  }

  func requireWritableMembership(_ group: Handle) throws(GraphFailure) {
    let types = texts(group, "groupTypes")
    if types.contains("DynamicMembership") {
      throw .badRequest("Insufficient privileges to update a dynamic membership group's members.")
    }
    if value(group, "onPremisesSyncEnabled")?.bool == true {
      throw .badRequest(
        "Unable to update the specified properties for on-premises mastered Directory Sync objects "
          + "or objects currently undergoing migration."
      )
    }
    if value(group, "mailEnabled")?.bool == true, !types.contains("Unified") {
      throw .init(
        400,
        "Request_BadRequest",
        "Cannot Update a mail-enabled security groups and or distribution list."
      )
    }
  }

  func addMembers(_ added: [Handle], to group: Handle) {
    for member in added where lag.revives(group, member) || members.insert(group, member) {
      lag.joined(group, member, now)
      log(member, joined: group)
    }
  }

  func removeMember(_ member: Handle, from group: Handle) {
    guard members.contains(group, member), !lag.isLeaving(group, member) else { return }
    if !lag.defers(group, member, now) { members.remove(group, member) }
    log(member, left: group)
  }

  private func log(_ member: Handle, joined group: Handle) { log(member, group, isAdded: true) }

  private func log(_ member: Handle, left group: Handle) { log(member, group, isAdded: false) }

  private func log(_ member: Handle, _ group: Handle, isAdded: Bool) {
    version += 1
    guard logsChanges, let object = objects[Int(member)] else { return }
    changeLog.append(
      .init(
        version: version,
        at: now,
        group: group,
        member: object.id,
        kind: object.kind,
        isAdded: isAdded
      )
    )
  }
}
