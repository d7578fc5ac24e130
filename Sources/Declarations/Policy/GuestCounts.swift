internal import Access

/// How many guests there were after each step, by domain.
struct GuestCounts {
  /// For each domain, the step of every guest, ascending once they are sorted.
  private var steps: [String: [Int]] = [:]
  /// By the number of a policy, then by its partner: the steps of all guests that are the partner's.
  private var merged: [Int: [PartnerName: [Int]]] = [:]

  /// A limit that a step went above.
  struct Excess: Hashable, Comparable {
    let partner: PartnerName
    let step: Int
    let count: Int
    let limit: Int
    let place: SourcePlace?

    static func < (left: Self, right: Self) -> Bool {
      (left.partner, left.step, left.limit) < (right.partner, right.step, right.limit)
    }
  }

  mutating func add(_ domain: some StringProtocol, at step: Int) {
    steps[String(domain), default: []].append(step)
  }

  /// Has to be called after the last `add`.
  mutating func sort() { for domain in steps.keys { steps[domain]?.sort() } }

  /// What is too much of the partner that has the domain in a policy; `nil` within the limit.
  mutating func excess(
    over base: StepPolicies.Base,
    at step: Int,
    domain: some StringProtocol
  ) -> Excess? {
    let partners = base.policy.partners
    guard let name = partners.partner(ofDomain: domain), let partner = partners[name],
      let limit = partner.guestLimit
    else { return nil }
    let count = count(of: name, in: base, through: step)
    guard count > limit else { return nil }
    return Excess(
      partner: name,
      step: step,
      count: count,
      limit: limit,
      place: partner.guestLimitPlace
    )
  }

  private mutating func count(
    of partner: PartnerName,
    in base: StepPolicies.Base,
    through step: Int
  ) -> Int {
    if merged[base.number] == nil {
      var guests: [PartnerName: [Int]] = [:]
      for (domain, steps) in steps {
        guard let name = base.policy.partners.partner(ofDomain: domain) else { continue }
        guests[name, default: []] += steps
      }
      merged[base.number] = guests.mapValues { $0.sorted() }
    }
    let steps = merged[base.number]?[partner] ?? []
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle] <= step { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
