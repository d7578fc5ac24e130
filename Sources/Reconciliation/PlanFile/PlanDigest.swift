package import Access
internal import Crypto

extension Plan {
  /// The digest over the tenant, the commit, the actions and what they rest on; not over moments,
  /// costs and findings.
  package var computedDigest: String {
    CanonicalJSON.object([
      "actions": .array(actions.map { CanonicalJSON($0, withMoments: false) }),
      "commit": .string(commit.hex),
      "snapshots": .array(snapshots.map { CanonicalJSON($0) }),
      "tenant": .string(tenant.description),
    ]).sha256
  }

  /// The digest over some of the actions and what they rest on, for a guard that holds them back;
  /// other actions and the commit may change without changing it.
  func digest(of positions: [Int], heldBy name: GuardVerdict.Guard) -> String {
    let held = positions.map { actions[$0] }
    var subjects: Set<Snapshot.Subject> = []
    for action in held { subjects.formUnion(Fact.restedOn(by: action).map(\.0)) }
    return CanonicalJSON.object([
      "actions": .array(
        held.map {
          var action = $0
          action.prerequisites = []
          return CanonicalJSON(action, withMoments: false)
        }
      ),
      "guard": .string(name.rawValue),
      "snapshots": .array(
        snapshots.filter { subjects.contains($0.subject) }.map { CanonicalJSON($0) }
      ),
      "tenant": .string(tenant.description),
    ]).sha256
  }
}

extension CanonicalJSON {
  /// The hexadecimal SHA-256 of the canonical bytes.
  var sha256: String { SHA256.digest(bytes).hex }
}
