package import Access
package import Reconciliation

/// The forms in which a misfit is written.
package enum MisfitFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}

/// Why a plan that was made earlier no longer fits its tenant, object by object.
package struct MisfitReport: Hashable, Sendable {
  package var plan: Plan
  /// In the order of the plan's snapshots.
  package var changes: [PlanFit.Change]
  package var declared: DesiredState
  package var origin: ReportOrigin

  package init(
    plan: Plan,
    changes: [PlanFit.Change],
    declared: DesiredState,
    origin: ReportOrigin
  ) {
    self.plan = plan
    self.changes = changes
    self.declared = declared
    self.origin = origin
  }

  /// Returns the report in a format; the style means something to `text` alone.
  package func rendered(as format: MisfitFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: text(style)
    case .json: document.text
    }
  }

  /// The changes of each object, in order.
  private var objects: [(name: String, changes: [PlanFit.Change])] {
    var objects: [(subject: Snapshot.Subject, changes: [PlanFit.Change])] = []
    for change in changes {
      if objects.last?.subject == change.subject {
        objects[objects.count - 1].changes.append(change)
      } else {
        objects.append((change.subject, [change]))
      }
    }
    let glossary = Glossary(declared)
    let guests = Dictionary(
      plan.actions.compactMap { action in action.account.map { ($0, action.guest) } },
      uniquingKeysWith: { first, _ in first }
    )
    func name(of user: UserID) -> String {
      guests[user].map { "\($0) (\(user))" } ?? user.description
    }
    return objects.map { subject, changes in
      let name =
        switch subject {
        case .address(let address): "the address \(address)"
        case .account(let user): "the account of \(name(of: user))"
        case .grant(let user, let resource):
          "\(glossary.name(of: resource)) given to \(name(of: user))"
        case .resource(let resource): glossary.name(of: resource)
        }
      return (name, changes)
    }
  }

  private func text(_ style: TerminalStyle) -> String {
    var page = TerminalPage(style)
    let count = Wording.count(objects.count, "object")
    page.add(.init("The tenant has changed since this plan was made: \(count).", .error))
    for (name, changes) in objects {
      page.add("  \(name)", hanging: 4)
      for change in changes {
        page.add(
          "    \(change.factWords): was \(change.before.orNone), is \(change.after.orNone)",
          hanging: 6
        )
      }
    }
    page.add("Nothing was written. Make a new plan and have it reviewed.")
    return page.text
  }

  private var document: JSONValue {
    let head = origin.members(
      kind: "misfit",
      tenant: plan.tenant,
      named: declared.tenant.name,
      commit: plan.commit
    )
    return .object(
      head + [
        .init("digest", .string(plan.digest)),
        .init(
          "objects",
          .array(
            objects.map { name, changes in
              [
                "object": .string(name),
                "changes": .array(
                  changes.map {
                    [
                      "fact": .string($0.fact), "before": .string($0.before),
                      "after": .string($0.after),
                    ]
                  }
                ),
              ]
            }
          )
        ),
      ]
    )
  }
}

extension PlanFit.Change {
  /// What changed, in words where the name of the fact is none.
  fileprivate var factWords: String {
    switch fact {
    case "lead": "account found by this address"
    case "presence": "account"
    case "enabled": "sign-in allowed"
    case "kind": "kind of account"
    case "held": "held"
    case "target": "object in the tenant"
    case "ties": "depends on it"
    default: fact
    }
  }
}

extension String {
  fileprivate var orNone: String { isEmpty ? "nothing" : self }
}
