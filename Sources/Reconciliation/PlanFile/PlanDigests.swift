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
      ("actions", .list(pieces)),
      ("commit", .text(plan.commit.hex)),
      ("snapshots", .list(snapshots)),
      ("tenant", .text(plan.tenant.description)),
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
      ("actions", .list(positions.map { actions[$0] })),
      ("guard", .text(name.rawValue)),
      ("snapshots", .list(restedOn.sorted().map { snapshots[$0] })),
      ("tenant", .text(plan.tenant.description)),
    ])
  }

  /// What an object's member is made of.
  private enum Member {
    case text(String)
    /// The items in canonical bytes.
    case list([[UInt8]])
  }

  /// The hexadecimal SHA-256 of an object whose members come ordered.
  ///
  /// The object itself is never put together: of a large plan it would be as large as everything else.
  private static func digest(_ members: [(name: String, value: Member)]) -> String {
    let hash = SHA256()
    var separator = "{"
    for (name, value) in members {
      hash.update(separator.utf8)
      hash.update(CanonicalJSON.string(name).bytes)
      hash.update(":".utf8)
      switch value {
      case .text(let text): hash.update(CanonicalJSON.string(text).bytes)
      case .list(let items): append(items, to: hash)
      }
      separator = ","
    }
    hash.update("}".utf8)
    return hash.finalize().hex
  }

  private static func append(_ items: [[UInt8]], to hash: SHA256) {
    hash.update("[".utf8)
    for (number, item) in items.enumerated() {
      if number > 0 { hash.update(",".utf8) }
      hash.update(item)
    }
    hash.update("]".utf8)
  }
}

extension CanonicalJSON {
  /// The hexadecimal SHA-256 of the canonical bytes.
  var sha256: String { SHA256.digest(bytes).hex }
}
