internal import Access
internal import Crypto

/// The digests over one plan and over parts of it.
///
/// The canonical bytes of every action and of every snapshot are made once for all of them.
struct PlanDigests {
  private let plan: Plan
  /// By position, each without its prerequisites.
  private let actions: [[UInt8]]
  private let snapshots: [[UInt8]]
  private let subjects: [Snapshot.Subject: Int]

  init(_ plan: Plan) {
    self.plan = plan
    actions = plan.actions.map { action in
      var alone = action
      alone.prerequisites = []
      return CanonicalJSON(alone, withMoments: false).bytes
    }
    snapshots = plan.snapshots.map { CanonicalJSON($0).bytes }
    subjects = Dictionary(
      plan.snapshots.enumerated().map { ($0.element.subject, $0.offset) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The digest over the tenant, the commit, the actions and what they rest on; not over moments,
  /// costs and findings.
  var whole: String {
    let pieces = plan.actions.indices.map { position in
      plan.actions[position].prerequisites.isEmpty
        ? actions[position] : CanonicalJSON(plan.actions[position], withMoments: false).bytes
    }
    return Self.digest([
      ("actions", Self.array(pieces)),
      ("commit", CanonicalJSON.string(plan.commit.hex).bytes),
      ("snapshots", Self.array(snapshots)),
      ("tenant", CanonicalJSON.string(plan.tenant.description).bytes),
    ])
  }

  /// The digest over some of the actions and what they rest on, for a guard that holds them back;
  /// other actions and the commit may change without changing it.
  func part(_ positions: [Int], heldBy name: GuardVerdict.Guard) -> String {
    var restedOn: Set<Int> = []
    for position in positions {
      for (subject, _) in Fact.restedOn(by: plan.actions[position]) {
        if let number = subjects[subject] { restedOn.insert(number) }
      }
    }
    return Self.digest([
      ("actions", Self.array(positions.map { actions[$0] })),
      ("guard", CanonicalJSON.string(name.rawValue).bytes),
      ("snapshots", Self.array(restedOn.sorted().map { snapshots[$0] })),
      ("tenant", CanonicalJSON.string(plan.tenant.description).bytes),
    ])
  }

  private static func array(_ pieces: [[UInt8]]) -> [UInt8] {
    [UInt8(ascii: "[")] + pieces.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
  }

  /// The hexadecimal SHA-256 of an object whose members come ordered and in canonical bytes.
  private static func digest(_ members: [(name: String, bytes: [UInt8])]) -> String {
    var bytes: [UInt8] = []
    for (name, value) in members {
      bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
      bytes += CanonicalJSON.string(name).bytes
      bytes.append(UInt8(ascii: ":"))
      bytes += value
    }
    bytes.append(UInt8(ascii: "}"))
    return SHA256.digest(bytes).hex
  }
}
