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
      default: "\(action.verb.word) \(action.guest)"
      }
    }
  }

  package func text(_ style: TerminalStyle = .plain) -> String {
    let count = gone.count + added.count
    var output = style.apply(.error, "The plan no longer fits. Nothing was written.") + "\n"
    if count == 0 {
      output +=
        "  The changes are the same, but an account or a resource that they rest on is not.\n"
    }
    for (lines, mark, look) in [
      (gone, "- no longer planned: ", TerminalStyle.Look.removed),
      (added, "+ planned now: ", .added),
    ] {
      for line in lines.prefix(20) {
        output += style.apply(look, "  \(mark)\(TerminalText.escape(line))") + "\n"
      }
      if lines.count > 20 { output += "  … and \(lines.count - 20) more\n" }
    }
    return output + "Make a new plan, and have it reviewed again.\n"
  }
}
