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
      guard case .failed(let error, let requestID) = outcome else { return nil }
      return failure(of: action, error, requestID, glossary)
    }
    if !failures.isEmpty {
      output += style.apply(.error, "Failed: \(failures.count)") + "\n" + failures.joined()
    }
    let skips = items.compactMap { action, outcome -> String? in
      guard case .skipped(let skip) = outcome, case let words? = words(for: skip, glossary)
      else { return nil }
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
    _ requestID: GUID?,
    _ glossary: Glossary
  ) -> String {
    var output = "  \(what(action, glossary))\n"
    let said = [error.status.map { String($0) }, error.code].compactMap { $0 }
    let code = said.isEmpty ? "" : said.joined(separator: " ") + ": "
    output += "    \(TerminalText.escape(code + error.message))\n"
    var ids: [String] = ["while \(error.operation)"]
    if let id = error.requestID { ids.append("request id \(id)") }
    if let requestID { ids.append("client request id \(requestID)") }
    output += "    \(TerminalText.escape(ids.joined(separator: "; ")))\n"
    let repeating =
      error.kind.isWorthRepeating ? "trying again may help" : "trying again does not help"
    return output + "    hint: \(error.kind.hint); \(repeating).\n"
  }

  /// Held back actions are told by their guards, in the plan.
  private func words(for skip: ActionOutcome.Skip, _ glossary: Glossary) -> String? {
    switch skip {
    case .heldBack: nil
    case .prerequisite(let index):
      report.plan.actions.indices.contains(index)
        ? "needs `\(what(report.plan.actions[index], glossary))`, which did not succeed"
        : "needs an earlier action, which did not succeed"
    case .interrupted: "the run was interrupted before"
    case .unresolved: "an earlier attempt has no outcome yet, and it is too early to repeat it"
    }
  }

  private func what(_ action: Action, _ glossary: Glossary) -> String {
    let object = action.object(glossary)
    let words = object.isEmpty ? action.verb.word : "\(action.verb.word) \(object)"
    return TerminalText.escape("\(action.guest): \(words)")
  }
}
