package import Access
internal import Journal
internal import Platform

/// Where a tenant's journal is kept.
package struct JournalPlace: Sendable {
  package let path: String

  /// `--journal`, else `GUESTLIST_JOURNAL`, else below the user's state folder
  /// (https://specifications.freedesktop.org/basedir-spec/latest/).
  ///
  /// A rehearsal shares nothing with the real tenant or another emulator, so with an endpoint there
  /// is no default. A repository that only grants keeps its journal beside that of the repository
  /// that owns the accounts.
  package init(
    _ arguments: Arguments,
    _ tenant: TenantDeclaration,
    _ environment: [String: String]
  ) throws(Failure) {
    if let named = Self.named(arguments, environment) {
      path = named
      return
    }
    guard arguments.endpoint(environment) == nil else {
      throw .usage(
        UsageError(
          "with an endpoint, the journal has no default place",
          hint: "name a file with `--journal` or `GUESTLIST_JOURNAL`; "
            + "`graph-emulator --env` sets it"
        )
      )
    }
    let folder = try UserFolder.state(environment)
    let file = tenant.ownsAccounts ? "journal.sqlite" : "grants.sqlite"
    path = "\(folder)/guestlist/\(tenant.id)/\(file)"
  }

  init(path: String) { self.path = path }

  /// The file that the call or its environment names; `nil` where neither does.
  static func named(_ arguments: Arguments, _ environment: [String: String]) -> String? {
    let named = arguments.value("journal") ?? environment["GUESTLIST_JOURNAL"]
    return named.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What the journal knows of the tenant and the ref; `nil` where there is none yet.
  func record(
    of tenant: TenantDeclaration,
    clock: any Clock,
    randomness: any Randomness
  ) async throws(Failure) -> JournalRecord? {
    do throws(JournalError) {
      let journal = try await open(for: .reading, clock: clock, randomness: randomness)
      let record = try await journal.record(for: tenant.id, ref: tenant.ref)
      await journal.close()
      return record
    } catch {
      if case .missing = error.kind { return nil }
      throw .journal(error)
    }
  }

  func open(
    for use: RunJournal.Use,
    clock: any Clock,
    randomness: any Randomness
  ) async throws(JournalError) -> RunJournal {
    try await RunJournal.open(
      at: path,
      for: use,
      executor: QueueExecutor(label: "journal"),
      clock: clock,
      randomness: randomness
    )
  }
}
