internal import Access

extension Action {
  init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      guest: try fields.value("guest") { EmailAddress(normalised: $0) },
      partner: try fields.text("partner").map { PartnerName($0) },
      account: try fields.optional("account") { UserID($0) },
      operation: try Operation(reading: fields.take("operation"), "\(path).operation"),
      reason: try Reason(reading: fields.take("reason"), "\(path).reason"),
      provenance: try fields.object("provenance") { (item, path) throws(PlanFileError) in
        try Provenance(reading: item, path)
      },
      prerequisites: try fields.array("prerequisites") { (item, path) throws(PlanFileError) in
        guard case .integer(let position) = item else {
          throw PlanFileError(kind: .malformed, place: path)
        }
        return Int(position)
      },
      wave: try fields.value("wave") { text in Wave.allCases.first { "\($0)" == text } },
      isSettled: try fields.bool("settled")
    )
    try fields.end()
  }
}

extension Action.Operation {
  fileprivate init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    let verb = try fields.value("verb") { Action.Verb(rawValue: $0) }
    switch verb {
    case .block: self = .block
    case .unblock: self = .unblock
    case .restore: self = .restore
    case .delete: self = .delete
    case .addSponsor:
      self = .addSponsor(
        try fields.value("sponsor") { UserID($0) },
        try fields.value("address") { EmailAddress(normalised: $0) }
      )
    case .removeSponsor: self = .removeSponsor(try fields.value("sponsor") { UserID($0) })
    case .grant, .revoke: self = try Self.access(verb, &fields)
    case .invite, .resend, .resetRedemption: self = try Self.mail(verb, &fields)
    }
    try fields.end()
  }

  private static func access(
    _ verb: Action.Verb,
    _ fields: inout FieldReader
  ) throws(PlanFileError) -> Self {
    let path = fields.path
    let resource = try Resource(reading: fields.take("resource"), "\(path).resource")
    let target = try fields.take("target")
    return verb == .grant
      ? .grant(resource, try Action.GrantTarget(reading: target, "\(path).target"))
      : .revoke(resource, try Action.RevocationTarget(reading: target, "\(path).target"))
  }

  private static func mail(
    _ verb: Action.Verb,
    _ fields: inout FieldReader
  ) throws(PlanFileError) -> Self {
    let address = try fields.string("address")
    let settings = try InvitationSettings(
      reading: fields.take("settings"),
      "\(fields.path).settings"
    )
    if verb == .resend { return .resend(address: address, settings) }
    if verb == .resetRedemption { return .resetRedemption(address: address, settings) }
    let sponsors = try fields.array("sponsors") { (item, path) throws(PlanFileError) -> UserID in
      guard case .string(let text) = item, let id = UserID(text) else {
        throw PlanFileError(kind: .malformed, place: path)
      }
      return id
    }
    return .invite(address: address, name: try fields.text("name"), settings, sponsors: sponsors)
  }
}

extension InvitationSettings {
  fileprivate init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    self.init(
      redirect: try fields.string("redirect"),
      send: try fields.bool("send"),
      language: try fields.text("language"),
      cc: try fields.optional("cc") { EmailAddress(normalised: $0) }
    )
    try fields.end()
  }
}

extension Action.GrantTarget {
  fileprivate init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    if fields.has("servicePrincipal") {
      self = .role(
        try fields.value("servicePrincipal") { ServicePrincipalID($0) },
        try fields.value("appRole") { AppRoleID($0) }
      )
    } else if fields.has("group") {
      self = .membership(try fields.value("group") { GroupID($0) })
    } else {
      self = .package(
        try fields.value("package") { AccessPackageID($0) },
        try fields.value("policy") { AssignmentPolicyID($0) }
      )
    }
    try fields.end()
  }
}

extension Action.RevocationTarget {
  fileprivate init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    if fields.has("servicePrincipal") {
      let principal = try fields.value("servicePrincipal") { ServicePrincipalID($0) }
      self = .assignment(principal, id: try fields.string("assignment"))
    } else if fields.has("group") {
      self = .membership(try fields.value("group") { GroupID($0) })
    } else {
      self = .package(try fields.value("packageAssignment") { PackageAssignmentID($0) })
    }
    try fields.end()
  }
}

extension Reason {
  fileprivate init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    switch try fields.string("kind") {
    case "declared": self = .declared
    case "undeclared": self = .undeclared
    case "expired":
      let end = try fields.moment("at")
      self = .expired(
        at: end,
        try Ending.Origin(reading: fields.take("origin"), "\(path).origin")
      )
    case "declaredBlocked": self = .declaredBlocked(try fields.string("words"))
    case "declaredAgain": self = .declaredAgain
    case "returned": self = .returned
    case "drifted": self = .drifted
    case "notRedeemed": self = .notRedeemed(since: try fields.moment("since"))
    case "addressChanged":
      self = .addressChanged(from: try fields.value("from") { EmailAddress(normalised: $0) })
    case "ordered": self = .ordered(try fields.string("words"))
    case "exclusive": self = .exclusive
    case "graceOver": self = .graceOver(blocked: try fields.moment("blocked"))
    case "blockLifted": self = .blockLifted
    default: throw fields.malformed("kind")
    }
    try fields.end()
  }
}

extension Ending.Origin {
  fileprivate init(reading value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    var fields = try FieldReader(value, path)
    switch try fields.string("kind") {
    case "guest": self = .guest
    case "grant": self = .grant
    case "bundle": self = .bundle(try fields.string("name"))
    case "partnerLimit": self = .partnerLimit(PartnerName(try fields.string("name")))
    default: throw fields.malformed("kind")
    }
    try fields.end()
  }
}
