internal import Access

extension WithheldEntry {
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      address: try fields.value("address") { EmailAddress(normalised: $0) },
      reason: try fields.string("reason"),
      places: try fields.array("places") { (item, path) throws(PlanFileError) in
        try SourcePlace(reading: item, path)
      }
    )
    try fields.end()
  }
}

extension PlanFinding {
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      try fields.value("kind") { Kind(rawValue: $0) },
      guest: try fields.optional("guest") { EmailAddress(normalised: $0) },
      account: try fields.optional("account") { UserID($0) },
      resource: try fields.object("resource") { (item, path) throws(PlanFileError) in
        try Resource(reading: item, path)
      },
      detail: try fields.string("detail")
    )
    try fields.end()
  }
}

extension GuardVerdict {
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      try fields.value("name") { Guard(rawValue: $0) },
      heldBack: try fields.array("heldBack") { (item, path) throws(PlanFileError) in
        guard case .integer(let position) = item else {
          throw PlanFileError(kind: .malformed, place: path)
        }
        return Int(position)
      },
      count: try fields.integer("count"),
      numbers: try fields.string("numbers"),
      remedy: try fields.string("remedy"),
      digest: try fields.text("digest"),
      isAccepted: try fields.bool("accepted")
    )
    try fields.end()
  }
}

extension UpcomingStep {
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      moment: try fields.moment("moment"),
      guest: try fields.value("guest") { EmailAddress(normalised: $0) },
      partner: try fields.text("partner").map { PartnerName($0) },
      account: try fields.optional("account") { UserID($0) },
      kind: try fields.value("kind") { Kind(rawValue: $0) }
    )
    try fields.end()
  }
}

extension SourcePlace {
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      file: try fields.string("file"),
      line: try fields.integer("line"),
      column: try fields.integer("column")
    )
    try fields.end()
  }
}

extension Provenance {
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      commit: try fields.value("commit") { CommitID(hex: $0) },
      inner: try fields.optional("inner") { CommitID(hex: $0) },
      author: try fields.string("author"),
      committed: try fields.moment("committed")
    )
    switch try fields.take("pullRequest") {
    case .integer(let number): pullRequest = Int(number)
    case .null: break
    default: throw fields.malformed("pullRequest")
    }
    place = try fields.object("place") { (item, path) throws(PlanFileError) in
      try SourcePlace(reading: item, path)
    }
    try fields.end()
  }
}

extension Resource {
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    if fields.has("app") {
      self = .appRole(
        try fields.value("app") { AppID($0) },
        RoleValue(try fields.string("role"))
      )
    } else if fields.has("group") {
      self = .group(try fields.value("group") { GroupID($0) })
    } else {
      self = .package(try fields.value("package") { AccessPackageID($0) })
    }
    try fields.end()
  }
}

extension Snapshot {
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    let subject = try Subject(reading: fields.take("subject"), "\(path).subject")
    guard case .object(let members) = try fields.take("facts") else {
      throw fields.malformed("facts")
    }
    var facts: [String: String] = [:]
    for (name, value) in members {
      guard Fact(rawValue: name) != nil, case .string(let text) = value else {
        throw fields.malformed("facts.\(name)")
      }
      facts[name] = text
    }
    try fields.end()
    self.init(subject, facts: facts)
  }
}

extension Snapshot.Subject {
  fileprivate init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    if fields.has("address") {
      self = .address(try fields.value("address") { EmailAddress(normalised: $0) })
    } else if fields.has("account") {
      self = .account(try fields.value("account") { UserID($0) })
    } else if fields.has("holder") {
      let holder = try fields.value("holder") { UserID($0) }
      self = .grant(holder, try Resource(reading: fields.take("held"), "\(path).held"))
    } else {
      self = .resource(try Resource(reading: fields.take("resource"), "\(path).resource"))
    }
    try fields.end()
  }
}
