internal import Access
internal import MicrosoftGraph
internal import Platform
internal import Reconciliation

/// A plan that was written to a file, and is to be applied exactly as it is or not at all.
struct SavedPlan: Sendable {
  let plan: Plan
  let path: String

  /// Larger plans than that of a hundred thousand guests are refused unread.
  private static let limit = 2 << 30

  /// Writes a plan, readable by its owner only: it names people and what they may reach.
  static func write(_ plan: Plan, to path: String) throws(Failure) {
    do { try PrivateFile.write(PlanFile.encode(plan), to: path) } catch { throw .file(error) }
  }

  /// Reads a plan; a file that was altered is refused.
  init(readingFrom path: String) throws(Failure) {
    self.path = path
    let bytes: [UInt8]
    do { bytes = try PublicFile.read(path, limit: Self.limit) } catch { throw .file(error) }
    do throws(PlanFileError) { plan = try PlanFile.decode(bytes) } catch {
      throw Self.refusal(error, path)
    }
  }

  /// Makes sure that the plan is for this commit and may be applied now: what the guards over a
  /// whole plan look at is looked at again.
  func check(
    against source: WriteSource,
    _ situation: Situation,
    in session: TenantSession
  ) throws(Failure) {
    guard plan.tenant == source.desired.tenant.id else {
      throw .refused(
        .heldBack,
        "`\(path)` is a plan for tenant \(plan.tenant), and the commit declares "
          + "\(source.desired.tenant.id)",
        hints: []
      )
    }
    guard plan.commit == source.declared.commit, source.otherRef == nil else {
      throw .refused(
        .noLongerFits,
        "`\(path)` is a plan for commit \(plan.commit.short), and `\(source.desired.tenant.ref)` "
          + "stands at \(source.declared.commit.short)",
        hints: ["nothing was written; plan again"]
      )
    }
    if let suspension = source.desired.suspension, session.clock.now() < suspension.until {
      throw .refused(
        .heldBack,
        "writes are suspended until \(suspension.until): \(suspension.reason)",
        hints: ["`guestlist apply` without a plan file still carries out blocks"]
      )
    }
    if let reason = situation.distrust ?? session.clockFault {
      throw .refused(.heldBack, reason, hints: ["nothing was written"])
    }
  }

  /// Reads again what the plan rests on, and yields what changed, object by object.
  func misfits(
    in session: TenantSession,
    catalog: Catalog
  ) async throws(Failure) -> [PlanFit.Change] {
    do throws(TenantError) {
      let state = try await session.reader.observe(PlanFit.scope(of: plan))
      return PlanFit.compare(plan, with: state, catalog: catalog)
    } catch {
      throw .tenant(error)
    }
  }

  /// The plan with what `--accept` releases, by the digests that it was printed with.
  func accepting(_ accepted: Set<PlanningOptions.Acceptance>) -> Plan {
    var plan = plan
    for (index, verdict) in plan.guards.enumerated() {
      guard verdict.name.canBeAccepted, let digest = verdict.digest else { continue }
      if accepted.contains(.init(verdict.name, digest: digest)) {
        plan.guards[index].isAccepted = true
      }
    }
    return plan
  }

  private static func refusal(_ error: PlanFileError, _ path: String) -> Failure {
    let reason =
      switch error.kind {
      case .syntax: "is no plan: it is not the JSON that `guestlist plan --out` writes"
      case .schemaVersion: "was written by another version of guestlist"
      case .malformed: "is no whole plan"
      case .altered: "was altered after it was written"
      }
    return .refused(
      .noLongerFits,
      "`\(path)` \(reason) (at \(error.place))",
      hints: ["nothing was written; make a new one with `guestlist plan --out`"]
    )
  }
}
