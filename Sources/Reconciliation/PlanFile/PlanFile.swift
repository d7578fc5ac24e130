package import Access

/// Plans as files: the canonical JSON of everything that a plan holds, for people and their tools,
/// and a summary, which is all that is read back.
package enum PlanFile {
  package static let schemaVersion: Int64 = 2

  /// What is read back from a plan file: enough to make the plan again and to say how it differs.
  ///
  /// A saved plan is a promise to check and never an instruction: nothing else of the file counts.
  package struct Summary: Hashable, Sendable {
    package var tenant: TenantID
    package var commit: CommitID
    package var digest: String
    /// What the plan was made with.
    package var options: PlanningOptions
    /// One line for each action, in words.
    package var lines: [String]

    package init(_ plan: Plan, options: PlanningOptions, lines: [String]) {
      tenant = plan.tenant
      commit = plan.commit
      digest = plan.digest
      self.options = options
      self.lines = lines
    }
  }

  /// The bytes of a plan file: the summary, and the whole plan for people to look at.
  package static func encode(_ plan: Plan, _ summary: Summary) -> [UInt8] {
    let body = CanonicalJSON.object([
      "tenant": .string(summary.tenant.description),
      "commit": .string(summary.commit.hex),
      "digest": .string(summary.digest),
      "options": summary.options.canonical,
      "lines": .array(summary.lines.map { .string($0) }),
    ])
    let file = CanonicalJSON.object([
      "schemaVersion": .integer(schemaVersion),
      "checksum": .string(body.sha256),
      "summary": body,
      "plan": CanonicalJSON(plan),
    ])
    return file.bytes + [0x0A]
  }

  /// Reads the summary of a plan file; one that was altered is refused.
  package static func summary(of bytes: [UInt8]) throws(PlanFileError) -> Summary {
    let value: CanonicalJSON
    do {
      value = try CanonicalJSON(parsing: bytes)
    } catch {
      throw PlanFileError(kind: .syntax, place: "byte \(error.offset)")
    }
    var file = try FieldReader(value, "")
    guard case .integer(schemaVersion) = try file.take("schemaVersion") else {
      throw PlanFileError(kind: .schemaVersion, place: "schemaVersion")
    }
    let checksum = try file.string("checksum")
    let body = try file.take("summary")
    guard body.sha256 == checksum else { throw PlanFileError(kind: .altered, place: "summary") }
    return try Summary(reading: body)
  }
}

extension PlanFile.Summary {
  fileprivate init(reading value: CanonicalJSON) throws(PlanFileError) {
    var fields = try FieldReader(value, "summary")
    tenant = try fields.value("tenant") { TenantID($0) }
    commit = try fields.value("commit") { CommitID(hex: $0) }
    digest = try fields.string("digest")
    options = try PlanningOptions(reading: try fields.take("options"))
    lines = try fields.array("lines") { (line, place) throws(PlanFileError) in
      guard case .string(let text) = line else {
        throw PlanFileError(kind: .malformed, place: place)
      }
      return text
    }
    try fields.end()
  }
}

extension PlanningOptions {
  /// The options as words, each as the command line takes it but for the identifiers of targets.
  fileprivate var canonical: CanonicalJSON {
    func words(_ words: some Sequence<String>) -> CanonicalJSON {
      .array(words.sorted().map { .string($0) })
    }
    func number(_ number: Int?) -> CanonicalJSON { number.map { .integer(Int64($0)) } ?? .null }
    return .object([
      "targets": words(targets.lazy.map(\.word)),
      "only": words(only.lazy.map(\.rawValue)),
      "accepted": words(accepted.lazy.map { "\($0.name.rawValue):\($0.digest)" }),
      "maxRemovals": number(maxRemovals),
      "maxInvitations": number(maxInvitations),
    ])
  }

  fileprivate init(reading value: CanonicalJSON) throws(PlanFileError) {
    self.init()
    var fields = try FieldReader(value, "summary.options")
    targets = Set(try fields.words("targets") { Target(word: $0) })
    only = Set(try fields.words("only") { Kind(rawValue: $0) })
    accepted = Set(try fields.words("accepted") { Acceptance(word: $0) })
    maxRemovals = try fields.limit("maxRemovals")
    maxInvitations = try fields.limit("maxInvitations")
    try fields.end()
  }
}

extension FieldReader {
  fileprivate mutating func words<Value>(
    _ key: String,
    _ make: (String) -> Value?
  ) throws(PlanFileError) -> [Value] {
    try array(key) { (item, place) throws(PlanFileError) in
      guard case .string(let word) = item, let value = make(word) else {
        throw PlanFileError(kind: .malformed, place: place)
      }
      return value
    }
  }

  fileprivate mutating func limit(_ key: String) throws(PlanFileError) -> Int? {
    switch try take(key) {
    case .null: return nil
    case .integer(let number) where number >= 0: return Int(number)
    default: throw malformed(key)
    }
  }
}

extension PlanningOptions.Target {
  fileprivate var word: String {
    switch self {
    case .guest(let address): "guest:\(address.normalised)"
    case .partner(let name): "partner:\(name.text)"
    case .app(let id): "app:\(id)"
    case .group(let id): "group:\(id)"
    case .package(let id): "package:\(id)"
    }
  }

  fileprivate init?(word: String) {
    let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let made: Self? =
      switch parts[0] {
      case "guest": EmailAddress(normalised: parts[1]).map { .guest($0) }
      case "partner": .partner(PartnerName(parts[1]))
      case "app": AppID(parts[1]).map { .app($0) }
      case "group": GroupID(parts[1]).map { .group($0) }
      case "package": AccessPackageID(parts[1]).map { .package($0) }
      default: nil
      }
    guard let made else { return nil }
    self = made
  }
}

extension PlanningOptions.Acceptance {
  /// Takes `GUARD:DIGEST`.
  package init?(word: String) {
    let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let name = GuardVerdict.Guard(rawValue: parts[0]) else { return nil }
    self.init(name, digest: parts[1])
  }
}
