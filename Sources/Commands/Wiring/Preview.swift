internal import Access
internal import Declarations
internal import Git
internal import Reconciliation
internal import Reporting

/// A plan that was made to be looked at: everything was read, nothing will be written.
struct Preview: Sendable {
  let situation: Situation
  let checked: Checked<Plan>
  let input: PlanningInput
  /// The branch that was planned; `nil` where a hash or an expression was given that is not the tip of
  /// the configured one.
  let ref: String?

  /// Reads the commit that the call names and the tenant, and plans.
  ///
  /// It is `nil` where the declarations stop everything; their findings are printed then, as they
  /// are when they only withhold somebody.
  static func make(
    _ arguments: Arguments,
    _ context: Context
  ) async throws(Failure) -> Preview? {
    let input: RepositoryInput
    do { input = try RepositoryInput(arguments) } catch { throw .usage(error) }
    let ref = try await input.resolve(arguments.value("ref") ?? "HEAD")
    let declared = try await DeclaredCommit.read(ref, of: input, now: context.clock.now())
    guard let source = try await HeldCommit.hold(declared, context) else { return nil }
    let desired = source.desired
    let options: PlanningOptions
    do { options = try PlanningOptions(arguments, desired) } catch { throw .usage(error) }
    let session = try await TenantSession.open(desired.tenant, arguments, context)
    let place = try JournalPlace(
      arguments,
      tenant: desired.tenant.id,
      environment: context.environment
    )
    let journal = try await place.record(
      of: desired.tenant,
      clock: session.clock,
      randomness: context.randomness
    )
    let situation = Situation(
      source: source,
      journal: journal,
      options: options,
      noticed: try await source.loosened(since: journal)
    )
    let planned = try await situation.plan(in: session)
    context.show(planned.checked.findings, commit: declared.commit, input)
    let configured = try? await input.configuredRef(desired.tenant.ref)
    return Preview(
      situation: situation,
      checked: planned.checked,
      input: planned.input,
      ref: ref.branch ?? (configured?.commit == ref.commit ? desired.tenant.ref : nil)
    )
  }

  func report(_ context: Context) -> PlanReport {
    var report = PlanReport(checked, situation, context)
    report.ref = ref
    return report
  }
}

extension PlanReport {
  /// A plan together with what a report of it needs.
  init(_ checked: Checked<Plan>, _ situation: Situation, _ context: Context) {
    self.init(
      plan: checked.value,
      declared: situation.desired,
      origin: context.origin(situation.declared.input),
      isStopped: checked.isStopped,
      ref: situation.declared.ref.branch
    )
  }
}

extension ResolvedRef {
  /// The name by which people know the branch; `nil` where a hash or an expression was given.
  var branch: String? {
    guard let name, name != "HEAD" else { return nil }
    for prefix in ["refs/heads/", "refs/remotes/", "refs/tags/"] where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }
}
