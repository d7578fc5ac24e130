extension Tenant {
  /// How long a soft-deleted object can be restored (FACTS section 2.4).
  static let restorableSeconds: Int64 = 30 * 86_400

  /// Deletes an object: users and groups softly, so that they can be restored, others at once.
  func delete(_ handle: Handle) {
    guard let object = objects[Int(handle)], object.deletedAt == nil else { return }
    switch object.kind {
    case .user, .group, .application, .servicePrincipal:
      lag.willChange(handle, object, now)
      objects[Int(handle)]?.deletedAt = now
      deleted.insert(handle)
      update(handle, [("deletedDateTime", .string(now.text))])
      log(handle, .deleted)
    case .contact, .directoryRole: purge(handle)
    }
  }

  /// Brings a soft-deleted object back, with everything that hung on it.
  func restore(_ handle: Handle) {
    guard let object = objects[Int(handle)], deleted.remove(handle) != nil else { return }
    lag.willChange(handle, object, now)
    objects[Int(handle)]?.deletedAt = nil
    update(handle, [("deletedDateTime", .null)])
    log(handle, .restored)
  }

  /// Removes an object for good.
  func purge(_ handle: Handle) {
    guard let object = objects[Int(handle)] else { return }
    log(handle, .purged)
    unindex(handle)
    for group in members.lefts(of: handle) { removeMember(handle, from: group) }
    for row in assignments.of(principal: handle) { assignments.remove(row) }
    for row in assignments.on(resource: handle) { assignments.remove(row) }
    members.removeAll(of: handle)
    owners.removeAll(of: handle)
    sponsors.removeAll(of: handle)
    roleMembers.removeAll(of: handle)
    invitations[handle] = nil
    deleted.remove(handle)
    objects[Int(handle)] = nil
    handles[object.id] = nil
    let list = Int(object.kind.rawValue)
    purged[list] += 1
    if purged[list] * 2 > lists[list].count {
      lists[list].removeAll { objects[Int($0)] == nil }
      purged[list] = 0
    }
  }

  /// Purges what was deleted so long ago that it can no longer be restored.
  func purgeExpired() {
    guard !deleted.isEmpty else { return }
    let now = self.now
    for handle in deleted {
      guard let deletedAt = objects[Int(handle)]?.deletedAt else { continue }
      if deletedAt.adding(seconds: Self.restorableSeconds) <= now { purge(handle) }
    }
  }
}
