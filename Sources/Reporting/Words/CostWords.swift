internal import Access

extension ReadCost {
  /// What the reading cost, as a sentence, with every reading beyond the floor by its purpose.
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

extension Plan.Basis {
  /// What a reader must know of the past that the plan rests on, one sentence each.
  var sentences: [String] {
    var sentences: [String] = []
    if isShallow {
      sentences.append(
        "The clone is shallow: \(Wording.count(commits, "commit")) were seen, and what was "
          + "declared only before them counts as unmanaged, and what is as old as the oldest is held "
          + "to that commit's own policy; `git fetch --unshallow` deepens it."
      )
    }
    switch memory {
    case .journal: break
    case .firstRun: sentences.append("There is no journal yet; this looks like the first run.")
    case .lost:
      sentences.append(
        "There is no journal, but earlier runs left their signs in the tenant: nothing is "
          + "deleted, mailed again, or invited after a month, until the state is accepted."
      )
    }
    return sentences
  }
}
