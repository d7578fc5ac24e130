internal import Access
internal import Declarations
internal import Git
internal import MicrosoftGraph
internal import Reconciliation

/// An export of a tenant: what is declared, what is there, and files whose plan has nothing to do.
struct ExportRun: Sendable {
  let tenant: TenantDeclaration
  private let session: TenantSession
  /// `nil` where nothing is declared yet.
  private let run: Run?
  private let files: [SourceFile]
  private let commit: CommitID
  private let progress: ReadingProgress

  /// Signs in and reads what is declared; `nil` where that has errors, which are printed.
  static func open(
    _ contents: FolderContents,
    _ input: RepositoryInput,
    _ arguments: Arguments,
    _ context: Context
  ) async throws(Failure) -> Self? {
    let progress = ReadingProgress(context)
    let show: GraphReader.Progress = { progress.show($0, $1) }
    guard let commit = CommitID.uncommitted else { return nil }
    guard contents.files.isEmpty else {
      guard let inputs = try await RunInputs.load(.workTree, arguments, context),
        inputs.desired.isUsable
      else { return nil }
      guard inputs.desired.tenant.ownsAccounts else {
        throw .refused(
          .error,
          "the accounts of this tenant are declared in another repository (`accounts: elsewhere`)",
          hints: ["run `guestlist export` there"]
        )
      }
      let run = try await Run.open(inputs, arguments, context, progress: show)
      return Self(
        tenant: inputs.desired.tenant,
        session: run.session,
        run: run,
        files: contents.files,
        commit: commit,
        progress: progress
      )
    }
    let session = try await TenantSession.open(nil, arguments, context, progress: show)
    let organisation: Organisation
    do throws(TenantError) { organisation = try await session.reader.organisation() } catch {
      throw .tenant(error)
    }
    let head = try await input.git { (repository) throws(GitError) in repository.headBranch }
    let tenant = TenantDeclaration(
      id: session.tenant,
      name: organisation.name.isEmpty ? session.tenant.description : organisation.name,
      domains: Set(organisation.domains.map { $0.lowercased() }),
      cloud: session.cloud,
      ref: head.map(RepositoryInput.shortName) ?? "main"
    )
    return Self(
      tenant: tenant,
      session: session,
      run: nil,
      files: [],
      commit: commit,
      progress: progress
    )
  }

  /// Whether the credentials can read access packages.
  func readsPackages() async throws(Failure) -> Bool {
    do throws(TenantError) { return try await session.reader.readsPackages() } catch {
      throw .tenant(error)
    }
  }

  /// Makes the files, without whatever a rule refuses or a plan would change.
  func export() async throws(Failure) -> TenantExport {
    let state = try await observe()
    let base = input(of: run?.inputs.desired, state)
    let before = Planner.plan(base).value
    let source = source(state, base, before)
    var refusals = ExportRefusals()
    // Each round takes out what the one before it met with; more than two are for shared limits.
    for _ in 0..<10 {
      let export = TenantExport(source, without: refusals)
      guard !export.files.isEmpty else { return export }
      let reading = await reading(of: export)
      guard let desired = reading.desired, desired.isUsable else { throw unusable(reading) }
      var review = ExportReview(export, refusals)
      review.refuse(desired, beside: base.desired)
      review.refuse(Planner.plan(input(of: desired, state)).value, beside: before)
      guard review.hasMore else { return export }
      refusals = review.refusals
    }
    throw Self.fault("no export of this tenant has an empty plan")
  }

  private func unusable(_ reading: DeclarationReading) -> Failure {
    let error = reading.findings.first { $0.severity == .error }
    return Self.fault(error?.message ?? "no tenant was written")
  }

  private static func fault(_ words: String) -> Failure {
    .refused(
      .error,
      "the export would not be valid: \(words); nothing was written",
      hints: ["please report this as a bug"]
    )
  }

  // MARK: - Reading

  /// Reads every guest with what it holds, and who the sponsors are.
  private func observe() async throws(Failure) -> TenantState {
    defer { progress.clear() }
    var scope =
      run.map { ObservationScope(planning: $0.inputs.desired, history: $0.inputs.history) }
      ?? ObservationScope()
    scope.readsHoldings = true
    scope.readsSponsors = true
    do throws(TenantError) {
      let state = try await session.reader.observe(scope)
      let sponsors = state.accounts.values.reduce(into: Set<UserID>()) {
        $0.formUnion($1.sponsors ?? [])
      }.subtracting(state.accounts.keys)
      guard !sponsors.isEmpty else { return state }
      let more = ObservationScope(accounts: sponsors, readsGuests: false)
      return state.merging(try await session.reader.observe(more))
    } catch {
      throw .tenant(error)
    }
  }

  private func reading(of export: TenantExport) async -> DeclarationReading {
    let contents = FolderContents(files: export.allFiles)
    let reading = await DeclarationReader().read(inParallel: contents, now: session.clock.now())
    guard reading.dependsOnOrder, let history = run?.inputs.history else { return reading }
    return reading.ordered { history.intervals[$0]?.last?.opened.step }
  }

  // MARK: - Planning

  /// What a plan of some declarations follows from, as a plan of the work tree would see it.
  private func input(of desired: DesiredState?, _ observed: TenantState) -> PlanningInput {
    var state = observed
    // No plan reads sponsors.
    for account in observed.accounts.values { state.accounts[account.id]?.sponsors = nil }
    let now = session.clock.now()
    let declared = desired ?? DesiredState(tenant: tenant)
    if let run {
      var input = run.planningInput(state)
      guard declared != input.desired else { return input }
      input.desired = declared
      // The work tree as it was is the last step.
      input.history.chain.removeLast()
      input.history = input.history.followed(by: declared, as: commit, now: now)
      return input
    }
    return PlanningInput(
      desired: declared,
      history: DeclarationHistory().followed(by: declared, as: commit, now: now),
      journal: nil,
      observed: state,
      commit: commit,
      now: now
    )
  }

  /// Takes from the plan of what is declared what was never declared.
  private func source(
    _ state: TenantState,
    _ input: PlanningInput,
    _ plan: Plan
  ) -> ExportSource {
    var source = ExportSource(
      state: state,
      tenant: tenant,
      declared: run?.inputs.desired,
      files: files
    )
    source.hasAuthority = run?.inputs.declared.reading.policy?.authority != nil
    for account in state.accounts.values
    where account.userType == .guest && account.addresses.isEmpty {
      source.undeclared[account.id] = []
    }
    // One who was removed, and whose account existed before, is listed as such.
    for finding in plan.findings
    where finding.kind == .unmanagedGuest || finding.kind == .adoptedStays {
      if let account = finding.account { source.undeclared[account] = [] }
    }
    let entries = Dictionary(
      input.desired.guests.map { ($0.address, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for finding in plan.findings where finding.kind == .unmanagedGrant {
      guard let account = finding.account, let resource = finding.resource else { continue }
      if let entry = finding.guest.flatMap({ entries[$0] }) { source.entries[account] = entry }
      if source.undeclared[account] != nil || source.entries[account] != nil {
        source.undeclared[account, default: []].insert(resource)
      }
    }
    for (key, intervals) in input.history.intervals where intervals.last?.closed != nil {
      source.removed.insert(key)
    }
    return source
  }
}
