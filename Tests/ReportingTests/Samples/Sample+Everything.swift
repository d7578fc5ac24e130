import Access
import Reporting

extension Sample {
  /// A plan with every kind of operation, reason, finding, guard and coming step.
  static func everything(author: String = "Lena Sjöberg") throws -> Plan {
    var plan = try basicPlan()
    var provenance = provenance
    provenance?.author = author
    let guest = try address("ana@fabrikam.example")
    let operations = try operations()
    let reasons = try reasons()
    plan.actions = (0..<max(operations.count, reasons.count)).map { index in
      Action(
        guest: guest,
        partner: index % 5 == 4 ? nil : PartnerName("fabrikam"),
        account: user,
        operation: operations[index % operations.count],
        reason: reasons[index % reasons.count],
        provenance: index % 3 == 2 ? nil : provenance,
        wave: index == 9 ? .revoke : nil
      )
    }
    plan.withheld = [
      WithheldEntry(
        address: try address("twice@fabrikam.example"),
        reason: "declared twice",
        places: [place("partners/fabrikam/a.yaml", 3), place("partners/fabrikam/b.yaml", 9)]
      )
    ]
    plan.findings = PlanFinding.Kind.allCases.map {
      PlanFinding($0, guest: guest, account: user, resource: reader, detail: "seen as \($0)")
    }
    plan.guards = GuardVerdict.Guard.allCases.enumerated().map { index, name in
      GuardVerdict(
        name,
        heldBack: index == 3 ? [] : [index % plan.actions.count],
        count: 37,
        numbers: "37 guests would lose access; the limit is 10",
        hint: name.canBeAccepted
          ? "`--accept \(name.rawValue):d\(index)` releases these" : "wait",
        digest: name.canBeAccepted && index != 3 ? "d\(index)" : nil,
        isAccepted: index == 1
      )
    }
    plan.upcoming = UpcomingStep.Kind.allCases.map {
      UpcomingStep(moment: now + .days(30), guest: guest, kind: $0)
    }
    plan.basis = Plan.Basis(commits: 14, isShallow: true, hasJournal: false)
    plan.isPartial = true
    plan.tree = "7e1f"
    plan.policyDigest = "90ab"
    return plan
  }

  static func operations() throws -> [Action.Operation] {
    let quiet = InvitationSettings(send: false)
    let former = try address("lena@contoso.example")
    let assignment = identifier(PackageAssignmentID.self, number: 9)
    let policy = identifier(AssignmentPolicyID.self, number: 8)
    return [
      .invite(address: "ana@fabrikam.example", name: nil, quiet, sponsors: []),
      .resend(address: "ana@fabrikam.example", InvitationSettings(language: "de-DE")),
      .resetRedemption(address: "ana.new@fabrikam.example", quiet),
      .block, .unblock, .restore, .delete,
      .addSponsor(user, former), .removeSponsor(user),
      .grant(submitter, .role(principal, role)),
      .grant(.group(suppliers), .membership(suppliers)),
      .grant(.package(onboarding), .package(onboarding, policy)),
      .revoke(submitter, .assignment(principal, id: "a1")),
      .revoke(.group(identifier(GroupID.self, number: 99)), .membership(suppliers)),
      .revoke(.package(onboarding), .package(assignment)),
    ]
  }

  static func reasons() throws -> [Reason] {
    [
      .declared, .undeclared,
      .expired(at: now, .guest), .expired(at: now, .grant), .expired(at: now, .bundle("audit")),
      .expired(at: now, .partnerLimit(PartnerName("fabrikam"))),
      .declaredBlocked("lost laptop"), .declaredAgain, .returned, .drifted,
      .notRedeemed(since: now), .addressChanged(from: try address("old@fabrikam.example")),
      .ordered("left in 2024"), .exclusive, .graceOver(blocked: now), .blockLifted,
      .resourceMissing,
    ]
  }
}
