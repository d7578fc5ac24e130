package import Access

/// The forms in which a plan is written.
package enum PlanFormat: String, Hashable, Sendable, CaseIterable {
  case text, json, markdown
}

/// A plan with everything that a report of it needs.
package struct PlanReport: Hashable, Sendable {
  package var plan: Plan
  package var declared: DesiredState
  package var origin: ReportOrigin
  /// The ref that was planned, where it has a name.
  package var ref: String?
  /// True to list everything that the text folds.
  package var isComplete: Bool
  /// True to show what only helps to find a fault: digest and requests.
  package var isVerbose: Bool
  package var next: Next

  package init(
    plan: Plan,
    declared: DesiredState,
    origin: ReportOrigin,
    ref: String? = nil,
    isComplete: Bool = false,
    isVerbose: Bool = false,
    next: Next = .nothing
  ) {
    self.plan = plan
    self.declared = declared
    self.origin = origin
    self.ref = ref
    self.isComplete = isComplete
    self.isVerbose = isVerbose
    self.next = next
  }

  /// What a reader of a plan may do with it.
  package enum Next: Hashable, Sendable {
    /// Save it, and apply it.
    case save
    /// Apply the file that it was saved to.
    case apply(file: String)
    /// Nothing: it is being applied, or cannot be.
    case nothing
  }

  /// Returns the plan in a format; the style means something to `text` alone.
  package func rendered(as format: PlanFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: PlanText(report: self, style: style).text
    case .json: PlanJSON(report: self).document.text
    case .markdown: PlanMarkdown(report: self).text
    }
  }

  /// What is held back, and the counts: what `--quiet` leaves of the text.
  package func brief(style: TerminalStyle = .plain) -> String {
    PlanText(report: self, style: style).brief
  }
}

extension Plan {
  /// Whether the tenant matches the commit; what was never declared does not count.
  var tenantMatches: Bool { isAsDeclared && adoptions.isEmpty }

  /// What it means that nothing is to be done, in a sentence; `nil` where something is.
  var nothingToDo: String? {
    guard actions.isEmpty, adoptions.isEmpty else { return nil }
    let commit = commit.short
    guard tenantMatches else {
      return "Nothing to write now, but the tenant does not match \(commit) (see above)."
    }
    return isPartial
      ? "No changes: this part of the tenant matches \(commit)."
      : "No changes: the tenant matches \(commit)."
  }
}

extension Plan.Basis {
  /// What a reader must know of the past that the plan rests on, one sentence each.
  var sentences: [String] {
    var sentences: [String] = []
    if isShallow {
      sentences.append(
        "Shallow clone: it shows \(Wording.count(commits, "commit")), and what was declared before "
          + "counts as not managed here. Run `git fetch --unshallow`."
      )
    }
    if leftFirstParents {
      sentences.append(
        "The last applied commit is an ancestor, but not on the first-parent chain: a merge the "
          + "other way round, as `git pull` makes."
      )
    }
    return sentences
  }
}

extension ReadCost {
  /// What the reading cost, with every reading beyond the floor by its purpose.
  var words: String {
    let total =
      "Read with \(Wording.count(requests, "Graph request")) in "
      + "\(Wording.count(roundTrips, "HTTP round trip")), "
      + "\(Wording.count(resourceUnits, "resource unit"))"
    guard !extras.isEmpty else { return total + "." }
    var purposes: [String] = []
    var counts: [String: Int] = [:]
    for extra in extras {
      if counts[extra.purpose] == nil { purposes.append(extra.purpose) }
      counts[extra.purpose, default: 0] += extra.requests
    }
    return total + "; of these "
      + Wording.list(purposes.map { "\(counts[$0] ?? 0) for \($0)" }) + "."
  }
}
