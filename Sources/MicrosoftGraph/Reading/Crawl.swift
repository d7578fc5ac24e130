internal import Access

/// Drives an observation to its end: several trips side by side, what can share a trip in one.
struct Crawl: Sendable {
  let channel: ReadChannel

  /// Trips at a time.
  private static let width = 4

  /// Fetches what the observation asks for until it asks for nothing more.
  ///
  /// The first failure ends it; nothing that was not read is ever taken for nothing there.
  func run(_ observation: inout Observation) async throws(TenantError) {
    var queue = observation.firstReads()
    var current = observation
    let failure = await withTaskGroup(
      of: Result<[(GraphRead, GraphReply)], TenantError>.self,
      returning: TenantError?.self
    ) { group in
      var inFlight = 0
      while !queue.isEmpty || inFlight > 0 {
        while inFlight < Self.width, !queue.isEmpty {
          let load = Self.takeLoad(&queue)
          group.addTask { await fetch(load) }
          inFlight += 1
        }
        guard let result = await group.next() else { break }
        inFlight -= 1
        do throws(TenantError) {
          for (read, reply) in try result.get() { queue += try current.absorb(reply, to: read) }
        } catch {
          group.cancelAll()
          return error
        }
      }
      return nil
    }
    if let failure { throw failure }
    observation = current
  }

  private func fetch(
    _ load: [GraphRead]
  ) async -> Result<[(GraphRead, GraphReply)], TenantError> {
    do throws(TenantError) {
      return .success(Array(zip(load, try await channel.fetch(load))))
    } catch {
      return .failure(error)
    }
  }

  /// Takes what goes on the next trip: a page of a long chain by itself and first, since all that
  /// follows waits for it; of the rest as much as a batch holds.
  private static func takeLoad(_ queue: inout [GraphRead]) -> [GraphRead] {
    if let chain = queue.firstIndex(where: \.isChain) { return [queue.remove(at: chain)] }
    let load = Array(queue.prefix(BatchMessage.largest))
    queue.removeFirst(load.count)
    return load
  }
}
