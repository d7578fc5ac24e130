package import Access

extension DesiredState {
  /// The state without the guests that errors speak of: they are withheld, with every place that
  /// takes part.
  consuming func withholding(_ findings: [Finding], and others: [WithheldEntry] = []) -> Self {
    var withheld: [EmailAddress: WithheldEntry] = [:]
    for entry in self.withheld + others { withheld[entry.address] = entry }
    for finding in findings where finding.severity == .error {
      guard case .entry(let address) = finding.scope else { continue }
      var entry =
        withheld[address]
        ?? WithheldEntry(address: address, reason: finding.message, places: [])
      withheld[address] = nil
      if let place = finding.place { entry.places.append(place) }
      entry.places += finding.related
      withheld[address] = entry
    }
    guard !withheld.isEmpty else { return self }
    var state = self
    state.guests.removeAll { withheld[$0.address] != nil }
    state.removed.removeAll { withheld[$0.address] != nil }
    state.withheld = withheld.values.map { entry in
      var entry = entry
      entry.places = Set(entry.places).sorted()
      return entry
    }
    state.withheld.sort { $0.address < $1.address }
    return state
  }
}

extension DeclarationReading {
  /// The reading with more findings taken into account, such as those of an `EntryChecker` with the
  /// policy of an earlier commit: errors about entries withhold them, errors about the repository
  /// stop everything.
  package func adding(_ more: [Finding], withholding others: [WithheldEntry] = []) -> Self {
    guard !more.isEmpty || !others.isEmpty else { return self }
    var reading = self
    // What is added may be wrong with every entry there is.
    var sink = FindingSink(limit: FindingSink.mostOfAll)
    for finding in more { sink.add(finding) }
    reading.findings = (findings + sink.findings).sorted { Self.order($0, $1) }
    if let remainder = sink.remainder { reading.findings.append(remainder) }
    if more.contains(where: { $0.severity == .error && $0.scope == .repository }) {
      reading.desired = nil
    } else {
      reading.desired = desired?.withholding(more, and: others)
    }
    return reading
  }

  /// By place, then by code; what has no place comes first, and what speaks of findings that are
  /// left out comes last.
  static func order(_ left: Finding, _ right: Finding) -> Bool {
    let last = DeclarationRule.moreFindings.code
    if (left.code == last) != (right.code == last) { return right.code == last }
    return switch (left.place, right.place) {
    case (nil, nil): (left.code, left.message) < (right.code, right.message)
    case (nil, _): true
    case (_, nil): false
    case (let one?, let other?):
      (one, left.code, left.message) < (other, right.code, right.message)
    }
  }
}
