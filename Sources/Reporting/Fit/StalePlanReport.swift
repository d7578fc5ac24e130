package import Access

/// How a plan that was saved differs from the one that would be made now.
package struct StalePlanReport: Hashable, Sendable {
  /// Lines that only the saved plan has, in its order.
  package let gone: [String]
  /// Lines that only the new plan has, in its order.
  package let added: [String]

  package init(saved: [String], now: [String]) {
    let (before, after) = (Set(saved), Set(now))
    gone = saved.filter { !after.contains($0) }
    added = now.filter { !before.contains($0) }
  }

  /// One line for each action of a plan: what is done, and to whom.
  package static func lines(of plan: Plan, _ declared: DesiredState) -> [String] {
    let glossary = Glossary(declared)
    return plan.actions.map { action in
      switch action.operation {
      case .grant(let resource, _): "grant \(glossary.name(of: resource)) to \(action.guest)"
      case .revoke(let resource, _): "revoke \(glossary.name(of: resource)) from \(action.guest)"
      default: "\(ChangeKind(action.verb).word) \(action.guest)"
      }
    }
  }

  package func text(_ style: TerminalStyle = .plain) -> String {
    var page = TerminalPage(style)
    page.add(.init("The plan no longer fits. Nothing was written.", .error))
    if gone.isEmpty, added.isEmpty {
      page.add(
        "  The changes are the same, but an account or a resource that they rest on is not.",
        hanging: 2
      )
    }
    for (lines, mark, look) in [
      (gone, "- no longer planned: ", TerminalStyle.Look.removed),
      (added, "+ planned now: ", .added),
    ] {
      for line in lines.prefix(20) { page.add(.init("  \(mark)\(line)", look), hanging: 4) }
      if lines.count > 20 { page.add("  … and \(lines.count - 20) more") }
    }
    page.add("Make a new plan and have it reviewed again.")
    return page.text
  }
}
