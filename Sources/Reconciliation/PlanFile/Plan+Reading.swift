internal import Access

extension Plan {
  /// Reads everything that a plan holds.
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      tenant: try fields.value("tenant") { TenantID($0) },
      commit: try fields.value("commit") { CommitID(hex: $0) },
      moment: try fields.moment("moment"),
      tree: try fields.text("tree"),
      policyDigest: try fields.text("policyDigest"),
      toolVersion: try fields.string("toolVersion")
    )
    actions = try fields.array("actions") { (item, path) throws(PlanFileError) in
      try Action(reading: item, path)
    }
    withheld = try fields.array("withheld") { (item, path) throws(PlanFileError) in
      try WithheldEntry(reading: item, path)
    }
    findings = try fields.array("findings") { (item, path) throws(PlanFileError) in
      try PlanFinding(reading: item, path)
    }
    guards = try fields.array("guards") { (item, path) throws(PlanFileError) in
      try GuardVerdict(reading: item, path)
    }
    unchanged = try fields.integer("unchanged")
    unmanaged = try fields.integer("unmanaged")
    snapshots = try fields.array("snapshots") { (item, path) throws(PlanFileError) in
      try Snapshot(reading: item, path)
    }
    upcoming = try fields.array("upcoming") { (item, path) throws(PlanFileError) in
      try UpcomingStep(reading: item, path)
    }
    basis = try Basis(reading: fields.take("basis"), "\(path).basis")
    isPartial = try fields.bool("partial")
    cost = try ReadCost(reading: fields.take("cost"), "\(path).cost")
    digest = try fields.string("digest")
    try fields.end()
    try checkPositions(fields)
  }

  /// Positions that point outside the actions, or forwards, would be obeyed by nobody.
  private func checkPositions(_ fields: FieldReader) throws(PlanFileError) {
    for (position, action) in actions.enumerated()
    where !action.prerequisites.allSatisfy((0..<position).contains) {
      throw fields.malformed("actions.\(position).prerequisites")
    }
    for verdict in guards where !verdict.heldBack.allSatisfy(actions.indices.contains) {
      throw fields.malformed("guards.\(verdict.name.rawValue).heldBack")
    }
  }
}

extension Plan.Basis {
  fileprivate init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      commits: try fields.integer("commits"),
      isShallow: try fields.bool("shallow"),
      memory: try fields.value("memory") { Memory(rawValue: $0) }
    )
    try fields.end()
  }
}

extension ReadCost {
  fileprivate init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      requests: try fields.integer("requests"),
      roundTrips: try fields.integer("roundTrips"),
      resourceUnits: try fields.integer("resourceUnits")
    )
    extras = try fields.array("extras") { (item, path) throws(PlanFileError) in
      var fields = try FieldReader(item, path)
      let extra = Extra(
        purpose: try fields.string("purpose"),
        requests: try fields.integer("requests")
      )
      try fields.end()
      return extra
    }
    try fields.end()
  }
}
