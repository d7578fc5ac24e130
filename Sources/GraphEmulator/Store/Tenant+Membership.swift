extension Tenant {
  /// The groups that an object belongs to, directly or through other groups.
  func transitiveGroups(of member: Handle) -> [Handle] {
    reach(from: member) { self.members.lefts(of: $0) }
  }

  /// Everything that belongs to a group, directly or through other groups.
  func transitiveMembers(of group: Handle) -> [Handle] {
    reach(from: group) { handle in
      handle == group || self.kind(of: handle) == .group ? self.members.rights(of: handle) : []
    }
  }

  /// Walks along pairs without looking at anything twice, so that circles end.
  private func reach(from start: Handle, _ next: (Handle) -> [Handle]) -> [Handle] {
    var seen: Set<Handle> = [start]
    var order: [Handle] = []
    var waiting = [start]
    while let current = waiting.popLast() {
      for handle in next(current) where isLive(handle) && seen.insert(handle).inserted {
        order.append(handle)
        waiting.append(handle)
      }
    }
    return order
  }
}
