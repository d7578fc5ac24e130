package import Access

/// Plans as files: the canonical JSON of everything that a plan holds, for people and their tools. Only
/// what it promises is read back.
package enum PlanFile {
  package static let schemaVersion: Int64 = 2

  /// The bytes of a plan file, a line end included.
  package static func encode(_ plan: Plan, options: PlanningOptions = PlanningOptions()) -> [UInt8]
  {
    let promise = PlanPromise(plan, options: options)
    let file = CanonicalJSON.object([
      "schemaVersion": .integer(schemaVersion),
      "options": CanonicalJSON(promise.options),
      "bases": .array(promise.actions.map { .string($0.basis) }),
      "plan": CanonicalJSON(plan),
    ])
    return file.bytes + [0x0A]
  }

  /// Reads what a plan file promises.
  package static func decode(_ bytes: [UInt8]) throws(PlanFileError) -> PlanPromise {
    let value: CanonicalJSON
    do {
      value = try CanonicalJSON(parsing: bytes)
    } catch {
      throw PlanFileError(kind: .syntax, place: "byte \(error.offset)")
    }
    let file = try FieldReader(value, "")
    guard try file.integer("schemaVersion") == schemaVersion else {
      throw PlanFileError(kind: .schemaVersion, place: "schemaVersion")
    }
    let plan = try file.object("plan")
    let bases = try file.array("bases")
    let actions = try plan.array("actions")
    guard bases.count == actions.count else { throw file.malformed("bases") }
    var lines: [PlanPromise.Line] = []
    for (number, action) in actions.enumerated() {
      guard case .string(let basis) = bases[number] else { throw file.malformed("bases.\(number)") }
      lines.append(
        try PlanPromise.Line(FieldReader(action, "plan.actions.\(number)"), basis: basis)
      )
    }
    return PlanPromise(
      tenant: try plan.value("tenant") { TenantID($0) },
      commit: try plan.value("commit") { CommitID(hex: $0) },
      moment: Moment(seconds: try plan.integer("moment")),
      toolVersion: try plan.value("toolVersion") { $0 },
      digest: try plan.value("digest") { $0 },
      options: try PlanningOptions(file.object("options")),
      actions: lines
    )
  }
}

extension PlanPromise.Line {
  fileprivate init(_ action: FieldReader, basis: String) throws(PlanFileError) {
    let operation = try action.object("operation")
    guest = try action.value("guest") { EmailAddress(normalised: $0) }
    verb = try operation.value("verb") { Action.Verb(rawValue: $0) }
    resource = try operation.optionalObject("resource").map { reader throws(PlanFileError) in
      try Resource(reader)
    }
    self.basis = basis
  }
}

extension Resource {
  fileprivate init(_ reader: FieldReader) throws(PlanFileError) {
    if reader.has("app") {
      let role = RoleValue(try reader.value("role") { $0 })
      self = .appRole(try reader.value("app") { AppID($0) }, role)
    } else if reader.has("group") {
      self = .group(try reader.value("group") { GroupID($0) })
    } else {
      self = .package(try reader.value("package") { AccessPackageID($0) })
    }
  }
}

extension CanonicalJSON {
  fileprivate init(_ options: PlanningOptions) {
    var members: [String: CanonicalJSON] = [
      "targets": .array(options.targets.map(\.text).sorted().map { .string($0) }),
      "only": .array(options.only.map(\.rawValue).sorted().map { .string($0) }),
    ]
    members["maxRemovals"] = options.maxRemovals.map { .integer(Int64($0)) }
    members["maxInvitations"] = options.maxInvitations.map { .integer(Int64($0)) }
    self = .object(members)
  }
}

extension PlanningOptions {
  fileprivate init(_ reader: FieldReader) throws(PlanFileError) {
    self.init()
    targets = Set(try reader.values("targets") { Target(text: $0) })
    only = Set(try reader.values("only") { Kind(rawValue: $0) })
    if reader.has("maxRemovals") { maxRemovals = Int(try reader.integer("maxRemovals")) }
    if reader.has("maxInvitations") { maxInvitations = Int(try reader.integer("maxInvitations")) }
  }
}

extension PlanningOptions.Target {
  fileprivate var text: String {
    switch self {
    case .guest(let address): "guest:\(address)"
    case .partner(let name): "partner:\(name.text)"
    case .app(let id): "app:\(id)"
    case .group(let id): "group:\(id)"
    case .package(let id): "package:\(id)"
    }
  }

  fileprivate init?(text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let target: Self? =
      switch parts[0] {
      case "guest": EmailAddress(normalised: parts[1]).map { .guest($0) }
      case "partner": .partner(PartnerName(parts[1]))
      case "app": AppID(parts[1]).map { .app($0) }
      case "group": GroupID(parts[1]).map { .group($0) }
      case "package": AccessPackageID(parts[1]).map { .package($0) }
      default: nil
      }
    guard let target else { return nil }
    self = target
  }
}
