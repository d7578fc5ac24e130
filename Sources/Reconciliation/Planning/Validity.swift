internal import Access

/// Whether a declared entry counts at a moment.
enum Validity: Hashable, Sendable {
  case active(until: Moment?)
  /// It begins later: nothing is given yet, and nothing is taken.
  case future(Moment)
  /// It counts as not declared, because of the date.
  case expired(Moment, Ending.Origin)

  init(starts: Moment?, ends: [Ending], counted: Moment?, at moment: Moment) {
    let end = Self.end(ends, counted: counted)
    if let end, end.moment <= moment {
      self = .expired(end.moment, end.origin)
    } else if let starts, starts > moment {
      self = .future(starts)
    } else {
      self = .active(until: end?.moment)
    }
  }

  /// The earliest end; durations count from a moment, and mean nothing without one.
  static func end(_ ends: [Ending], counted: Moment?) -> (moment: Moment, origin: Ending.Origin)? {
    var earliest: (moment: Moment, origin: Ending.Origin)?
    for ending in ends {
      let moment: Moment
      switch ending.rule {
      case .at(let date): moment = date
      case .afterIntroduction(let span):
        guard let counted else { continue }
        moment = counted + span
      }
      if earliest.map({ moment < $0.moment }) ?? true { earliest = (moment, ending.origin) }
    }
    return earliest
  }
}

extension [Ending] {
  /// True if one of the ends is a duration.
  var needCount: Bool {
    contains { if case .afterIntroduction = $0.rule { true } else { false } }
  }
}
