package import Access

/// How a plan that was saved differs from the one that would be made now, in words.
package struct StalePlanReport: Hashable, Sendable {
  /// Lines that only the saved plan has, in its order.
  package let gone: [String]
  /// Lines that only the new plan has, in its order.
  package let added: [String]

  private static let shown = 20

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
      page.add("  The changes are the same, but an account or a resource that they rest on is not.")
    }
    for (lines, mark) in [(gone, "- no longer planned: "), (added, "+ planned now: ")] {
      for line in lines.prefix(Self.shown) { page.add("  \(mark)\(line)", hanging: 4) }
      if lines.count > Self.shown { page.add("  … and \(lines.count - Self.shown) more") }
    }
    page.add("Make a new plan and have it reviewed again.")
    return page.text
  }
}
