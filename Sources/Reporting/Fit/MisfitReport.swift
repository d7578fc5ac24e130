package import Access
package import Reconciliation

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

  /// Returns the report in a format; colour means something to `text` alone.
  package func rendered(as format: MisfitFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: text(style)
    case .json: document.text
    }
  }

  /// The changes of each object, in order.
  private var objects: [(subject: Snapshot.Subject, changes: [PlanFit.Change])] {
    var objects: [(subject: Snapshot.Subject, changes: [PlanFit.Change])] = []
    for change in changes {
      if objects.last?.subject == change.subject {
        objects[objects.count - 1].changes.append(change)
      } else {
        objects.append((change.subject, [change]))
      }
    }
    return objects
  }

  private func text(_ style: TerminalStyle) -> String {
    let names = SubjectNames(plan: plan, declared: declared)
    let count = Wording.count(objects.count, "object")
    let title = "The plan no longer fits the tenant: \(count) changed. Nothing was written."
    var output = style.apply(.error, title) + "\n"
    for (subject, changes) in objects {
      output += "  \(TerminalText.escape(names.name(of: subject)))\n"
      for change in changes {
        let words = "\(change.factWords): was \(change.before.orNone), is \(change.after.orNone)"
        output += "    \(TerminalText.escape(words))\n"
      }
    }
    return output + "Make a new plan, and have it read again.\n"
  }

  private var document: JSONValue {
    let names = SubjectNames(plan: plan, declared: declared)
    return [
      "schemaVersion": .integer(ReportOrigin.schemaVersion),
      "kind": "misfit",
      "tool": ["name": "guestlist", "version": .string(origin.version)],
      "runBy": .optional(origin.runner),
      "tenant": [
        "id": .string(plan.tenant.description), "name": .string(declared.tenant.name),
      ],
      "commit": .string(plan.commit.hex),
      "digest": .string(plan.digest),
      "objects": .array(
        objects.map { subject, changes in
          [
            "object": .string(names.name(of: subject)),
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
      ),
    ]
  }
}

extension PlanFit.Change {
  /// What changed, in words where the name of the fact is none.
  fileprivate var factWords: String {
    switch fact {
    case "lead": "leads to"
    case "presence": "the account"
    case "enabled": "may sign in"
    case "kind": "is of the kind"
    case "held": "is held"
    case "target": "stands for"
    case "ties": "hangs on it"
    default: fact
    }
  }
}

extension String {
  fileprivate var orNone: String { isEmpty ? "nothing" : self }
}
