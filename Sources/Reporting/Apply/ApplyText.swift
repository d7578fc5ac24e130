internal import Access

/// The result of an apply for people: what failed and what to do, then the numbers.
struct ApplyText {
  let report: ApplyReport
  let style: TerminalStyle

  var text: String {
    let glossary = Glossary(report.declared)
    let items = Array(zip(report.plan.actions, report.outcomes))
    var output = ""
    let failures = items.compactMap { action, outcome -> String? in
      guard case .failed(let error) = outcome else { return nil }
      return failure(of: action, error, glossary)
    }
    if !failures.isEmpty {
      output += style.apply(.error, "Failed: \(failures.count)") + "\n" + failures.joined()
    }
    let skips = items.compactMap { action, outcome -> String? in
      guard let words = whyNot(outcome, glossary) else { return nil }
      return "  \(what(action, glossary)): \(words)\n"
    }
    if !skips.isEmpty {
      output += style.apply(.warning, "Not attempted: \(skips.count)") + "\n" + skips.joined()
    }
    return output + style.apply(.bold, report.summaryLine) + "\n"
  }

  private func failure(
    of action: Action,
    _ error: TenantError,
    _ glossary: Glossary
  ) -> String {
    var output = "  \(what(action, glossary))\n"
    let said = [error.status.map { String($0) }, error.code].compactMap { $0 }
    let code = said.isEmpty ? "" : said.joined(separator: " ") + ": "
    output += "    \(TerminalText.escape(code + error.message))\n"
    let id = error.requestID.map { "; request id \($0)" } ?? ""
    output += "    while \(TerminalText.escape(error.operation + id))\n"
    let repeating =
      error.kind.isWorthRepeating ? "trying again may help" : "trying again does not help"
    return output + "    hint: \(error.kind.hint); \(repeating).\n"
  }

  /// Why an action was not attempted; held back ones are told by their guards, in the plan.
  private func whyNot(_ outcome: ActionOutcome, _ glossary: Glossary) -> String? {
    switch outcome {
    case .done, .alreadySo, .failed: nil
    case .interrupted: "the run was asked to stop before"
    case .skipped(.heldBack): nil
    case .skipped(.withheld): "its declaration is withheld"
    case .skipped(.prerequisite(let index)):
      report.plan.actions.indices.contains(index)
        ? "needs `\(TerminalText.escape(report.plan.actions[index].title(glossary)))`, which did not succeed"
        : "needs an earlier action, which did not succeed"
    case .skipped(.noAccount): "its invitation told no account"
    case .skipped(.mailUnresolved(let moment)):
      "an earlier mail has no known outcome; it is looked up again from \(moment)"
    case .skipped(.mailedAlready(let moment)):
      "a mail went, or perhaps went, at \(moment); it is too early to tell"
    case .skipped(.stopped): "the run came to a stop before"
    case .skipped(.malformed): "the plan contradicts itself here"
    }
  }

  private func what(_ action: Action, _ glossary: Glossary) -> String {
    TerminalText.escape("\(action.guest): \(action.title(glossary))")
  }
}
