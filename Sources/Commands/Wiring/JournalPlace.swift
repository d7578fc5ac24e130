internal import Access
internal import Journal
internal import Platform

/// Where a tenant's journal is kept.
struct JournalPlace: Sendable {
  let path: String

  /// `--journal`, else below the user's state folder
  /// (https://specifications.freedesktop.org/basedir-spec/latest/).
  init(
    _ arguments: Arguments,
    tenant: TenantID,
    environment: [String: String]
  ) throws(Failure) {
    if let given = arguments.value("journal") {
      path = given
      return
    }
    let folder = try UserFolder.state(environment)
    path = "\(folder)/guestlist/\(tenant)/journal.sqlite"
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
