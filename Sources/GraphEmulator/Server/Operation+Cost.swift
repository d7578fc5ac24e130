extension Operation {
  /// FACTS section 7, "Modifiers": one less with `$select`, one more with `$expand`, one less below
  /// twenty items, and never below one.
  func units(for query: QueryOptions) -> Int {
    guard baseUnits > 0 else { return 0 }
    var units = baseUnits
    if query.select != nil { units = template == "/directoryObjects/getByIds" ? 2 : units - 1 }
    if !query.expand.isEmpty { units += 1 }
    if let top = query.top, top < 20 { units -= 1 }
    return max(1, units)
  }

  /// Changes that the operation makes: also those that the quota on writes does not meter.
  var writeCount: Int {
    let isRead =
      method == "GET" || template.hasSuffix("checkMemberGroups")
      || template.hasSuffix("getMemberGroups") || template.hasSuffix("getByIds")
      || template == "/$batch"
    return isRead ? 0 : max(1, writes)
  }

  /// The template's segments, a key in a segment of its own.
  var segments: [String] {
    template.split(separator: "/").flatMap { segment -> [String] in
      guard segment.hasSuffix("'{}')") else { return [String(segment)] }
      return [String(segment.prefix { $0 != "(" }), "{}"]
    }
  }
}
