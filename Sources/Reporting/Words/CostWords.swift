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
        "The clone is shallow: \(Wording.count(commits, "commit")) were seen. What was declared only "
          + "before them counts as unmanaged in this run; `git fetch --unshallow` deepens it."
      )
    }
    if !hasJournal {
      sentences.append(
        "No journal was read: everything that was ever declared is taken for given by Guestlist."
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
