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
    switch try fields.value("verb", { Action.Verb(rawValue: $0) }) {
    case .invite:
      self = .invite(
        address: try fields.string("address"),
        name: try fields.text("name"),
        try InvitationSettings(reading: fields.take("settings"), "\(path).settings"),
        sponsors: try fields.array("sponsors") { (item, path) throws(PlanFileError) in
          guard case .string(let text) = item, let id = UserID(text) else {
            throw PlanFileError(kind: .malformed, place: path)
          }
          return id
        }
      )
    case .resend:
      self = .resend(
        address: try fields.string("address"),
        try InvitationSettings(reading: fields.take("settings"), "\(path).settings")
      )
    case .resetRedemption:
      self = .resetRedemption(
        address: try fields.string("address"),
        try InvitationSettings(reading: fields.take("settings"), "\(path).settings")
      )
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
    case .grant:
      let resource = try Resource(reading: fields.take("resource"), "\(path).resource")
      self = .grant(
        resource,
        try Action.GrantTarget(reading: fields.take("target"), "\(path).target")
      )
    case .revoke:
      let resource = try Resource(reading: fields.take("resource"), "\(path).resource")
      self = .revoke(
        resource,
        try Action.RevocationTarget(reading: fields.take("target"), "\(path).target")
      )
    }
    try fields.end()
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
