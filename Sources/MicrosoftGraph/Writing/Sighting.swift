internal import Access

/// Looks whether a tenant is as changes want it, instead of believing what a refusal says of itself.
struct Sighting: Sendable {
  let channel: ReadChannel

  /// Answers for each change whether it is so; `nil` where that cannot be seen.
  func fulfilled(_ changes: [TenantWrite.Change]) async -> [Bool?] {
    var answers = [Bool?](repeating: nil, count: changes.count)
    var pending = changes.indices.compactMap { index in
      changes[index].sight.map { (index: index, read: $0) }
    }
    while !pending.isEmpty {
      let load = pending.prefix(BatchMessage.largest)
      pending.removeFirst(load.count)
      let results = await channel.fetchEach(load.map(\.read))
      for (item, result) in zip(load, results) {
        guard case .success(let reply) = result else { continue }
        switch look(changes[item.index], reply, item.read) {
        case .seen(let isFulfilled): answers[item.index] = isFulfilled
        case .further(let read): pending.append((item.index, read))
        case .unreadable: break
        }
      }
    }
    return answers
  }

  private enum Look {
    case seen(Bool)
    case further(GraphRead)
    case unreadable
  }

  private func look(_ change: TenantWrite.Change, _ reply: GraphReply, _ read: GraphRead) -> Look {
    guard change.isSeenInList else {
      return .seen(change.isFulfilled(by: reply.status == 404 ? nil : reply.body))
    }
    // An account that is not there has no references.
    guard reply.status != 404 else { return .seen(change.isRemoval) }
    guard let page = try? GraphPage(reply, of: read, in: channel.endpoints) else {
      return .unreadable
    }
    if page.items.contains(where: change.isAbout) { return .seen(!change.isRemoval) }
    return page.next.map { .further($0) } ?? .seen(change.isRemoval)
  }
}
