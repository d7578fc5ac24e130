package import Access

/// Reads a tenant through Microsoft Graph; it has no way to change it.
package struct GraphReader: TenantReader {
  let channel: ReadChannel
  private let progress: Progress?
  private let normalise: @Sendable (String) -> EmailAddress?

  /// Takes how many requests of a reading were answered, and how many more are known to be needed.
  package typealias Progress = @Sendable (_ answered: Int, _ waiting: Int) -> Void

  /// Makes a reader; `normalise` brings an address that the tenant holds into the compared form,
  /// and yields `nil` for what is not an address.
  package init(
    _ connection: GraphConnection,
    progress: Progress? = nil,
    normalise: @escaping @Sendable (String) -> EmailAddress?
  ) {
    channel = ReadChannel(connection)
    self.progress = progress
    self.normalise = normalise
  }

  /// The tenant that the token names (`tid`).
  package func tenant() async throws(TenantError) -> TenantID { try await channel.token().tenant }

  package func observe(_ scope: ObservationScope) async throws(TenantError) -> TenantState {
    let token = try await channel.token()
    var observation = Observation(
      scope,
      tenant: token.tenant,
      endpoints: channel.endpoints,
      readsContacts: token.holdsAny(of: ["OrgContact.Read.All", "Directory.Read.All"]),
      readsPackages: token.readsPackages,
      maximumEntries: channel.limits.entries,
      normalise: normalise
    )
    try await Crawl(channel: channel, progress: progress).run(&observation)
    return observation.state(cost: await channel.takeCost())
  }
}

/// Drives an observation to its end: several trips side by side, what can share a trip in one.
struct Crawl: Sendable {
  let channel: ReadChannel
  var progress: GraphReader.Progress?

  /// Trips at a time.
  private static let width = 4

  /// Fetches what the observation asks for until it asks for nothing more.
  ///
  /// The first failure ends it; what was not read never counts as absent.
  func run(_ observation: inout Observation) async throws(TenantError) {
    let deadline = channel.now + channel.limits.duration
    var queue = ReadQueue(observation.firstReads())
    var current = observation
    let failure = await withTaskGroup(
      of: Result<[(GraphRead, GraphReply)], TenantError>.self,
      returning: TenantError?.self
    ) { group in
      var inFlight = 0
      var answered = 0
      while !queue.isEmpty || inFlight > 0 {
        while inFlight < Self.width, !queue.isEmpty {
          let load = queue.takeLoad()
          group.addTask { await fetch(load) }
          inFlight += 1
        }
        guard let result = await group.next() else { break }
        inFlight -= 1
        do throws(TenantError) {
          let replies = try result.get()
          for (read, reply) in replies { queue.append(try current.absorb(reply, to: read)) }
          answered += replies.count
          progress?(answered, queue.count)
          if let next = queue.next, channel.now > deadline { throw overdue(next) }
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

  private func overdue(_ read: GraphRead) -> TenantError {
    TenantError(
      .unavailable,
      operation: read.operation.words,
      message: "reading the tenant takes longer than \(channel.limits.duration.seconds) seconds"
    )
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
}

/// What is still to be asked, in order.
private struct ReadQueue {
  private var chain: [GraphRead] = []
  private var others: [GraphRead] = []
  /// The first of the others that was not taken yet.
  private var head = 0

  init(_ reads: [GraphRead]) { append(reads) }

  var count: Int { chain.count + others.count - head }
  var isEmpty: Bool { count == 0 }
  var next: GraphRead? { chain.first ?? (head < others.count ? others[head] : nil) }

  mutating func append(_ reads: [GraphRead]) {
    for read in reads { if read.isChain { chain.append(read) } else { others.append(read) } }
  }

  /// Takes what goes on the next trip: a page of a long chain by itself and first, since all that
  /// follows waits for it; of the rest as much as a batch holds.
  mutating func takeLoad() -> [GraphRead] {
    if !chain.isEmpty { return [chain.removeFirst()] }
    let load = Array(others[head...].prefix(GraphMessage.largestBatch))
    head += load.count
    // What was taken is forgotten now and then, and not each time: there may be many.
    if head > others.count / 2 {
      others.removeFirst(head)
      head = 0
    }
    return load
  }
}
