internal import Access

/// The actions of a plan by partner, then by person, in a stable order.
struct PlanGroups {
  struct Partner {
    let name: PartnerName?
    let people: [Person]
  }

  struct Person {
    let guest: EmailAddress
    /// Positions in the plan, in its order.
    let actions: [Int]
  }

  /// Partners by name, those of no partner last; people by address.
  let partners: [Partner]

  init(_ plan: Plan) {
    var byGuest: [EmailAddress: [Int]] = [:]
    var partnerOf: [EmailAddress: PartnerName] = [:]
    for (index, action) in plan.actions.enumerated() {
      byGuest[action.guest, default: []].append(index)
      partnerOf[action.guest] = partnerOf[action.guest] ?? action.partner
    }
    var people: [PartnerName?: [Person]] = [:]
    for (guest, actions) in byGuest {
      people[partnerOf[guest], default: []].append(Person(guest: guest, actions: actions))
    }
    partners =
      people
      .map { Partner(name: $0.key, people: $0.value.sorted { $0.guest < $1.guest }) }
      .sorted { left, right in
        guard let first = left.name else { return false }
        guard let second = right.name else { return true }
        return first < second
      }
  }
}
