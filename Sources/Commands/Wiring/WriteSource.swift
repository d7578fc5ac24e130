internal import Access
internal import Declarations
internal import Git

/// The commit from which the tenant may be written, read and found without a fault that stops it.
struct WriteSource: Sendable {
  let held: HeldCommit
  /// Why the commit is not the one that may be written from; `nil` where it is.
  let otherRef: String?

  var declared: DeclaredCommit { held.declared }
  var desired: DesiredState { held.desired }

  /// Finds the commit of the configured ref, whatever `HEAD` is.
  ///
  /// Which ref that is stands in the declarations, so those of `HEAD` are asked first, and then
  /// those of the commit that they lead to, which must name the same. It is `nil` where the
  /// declarations stop everything; the findings are printed.
  static func find(
    _ arguments: Arguments,
    _ context: Context
  ) async throws(Failure) -> WriteSource? {
    let input: RepositoryInput
    do { input = try RepositoryInput(arguments) } catch { throw .usage(error) }
    let asked = try await input.resolve(arguments.value("ref") ?? "HEAD")
    let first = try await DeclaredCommit.read(asked, of: input, now: context.clock.now())
    guard let tenant = first.reading.policy?.tenant ?? first.reading.desired?.tenant else {
      context.show(first.reading.findings, commit: first.commit, input)
      return nil
    }
    let configured = try await input.configuredRef(tenant.ref)
    let declared =
      configured.commit == asked.commit
      ? first.reached(by: configured)
      : arguments.has("ref")
        ? first : try await DeclaredCommit.read(configured, of: input, now: context.clock.now())
    guard let held = try await HeldCommit.hold(declared, context) else { return nil }
    return WriteSource(
      held: held,
      otherRef: reason(declared, held.desired, configured: configured, from: tenant.ref)
    )
  }

  private static func reason(
    _ declared: DeclaredCommit,
    _ desired: DesiredState,
    configured: ResolvedRef,
    from ref: String
  ) -> String? {
    if declared.ref.commit != configured.commit {
      let name = configured.name ?? ref
      return "the commit is \(declared.commit.short), and `\(name)` stands at "
        + String(configured.commit.hex.prefix(12))
    }
    if desired.tenant.ref != ref {
      return "`\(ref)` is written from, and its own declarations name `\(desired.tenant.ref)`"
    }
    return nil
  }
}
