package import Access

/// What a change does to policy, part by part: it is listed apart from the entries, because whoever
/// reviews it decides what others may say from then on.
package struct PolicyDifference: Hashable, Sendable {
  /// The parts that differ, in a fixed order, in words (`the partner `fabrikam``).
  package let parts: [String]

  /// Compares two policies by what they mean; where something stands makes no difference.
  package init(from base: Policy, to head: Policy) {
    var parts: [String] = []
    func compare<Value: Equatable>(_ what: String, _ part: (Policy) -> Value) {
      if part(base) != part(head) { parts.append(what) }
    }
    compare("`tenant`") { $0.tenant }
    compare("`formerly`") { $0.formerly }
    compare("`defaults`") { [$0.defaults.sponsors.map(\.normalised)] }
    compare("`defaults.invitation`") { $0.defaults.invitation }
    compare("`lifecycle`") { $0.lifecycle }
    compare("`guards`") { $0.limits }
    compare("`authority`") { $0.authority }
    compare("`trust`") { $0.trust }
    compare("`rules`") { $0.separations }
    compare("`links`") { $0.links }
    compare("`suspend`") { $0.suspension }
    compare("`exceptions`") { Self.placeless($0.exceptions) }
    parts += Self.named("app", base.catalog.apps, head.catalog.apps) { $0.place = Self.nowhere }
    parts += Self.named("group", base.catalog.groups, head.catalog.groups) {
      $0.place = Self.nowhere
    }
    parts += Self.named("access package", base.catalog.packages, head.catalog.packages) {
      $0.place = Self.nowhere
    }
    parts += Self.named("bundle", base.bundles, head.bundles) { _ in }
    parts += Self.named("partner", Self.partners(base), Self.partners(head)) { partner in
      partner.partner.place = Self.nowhere
      partner.guestLimitPlace = nil
      for index in partner.included.indices { partner.included[index].place = Self.nowhere }
    }
    self.parts = parts
  }

  /// A note for each part.
  package var findings: [Finding] {
    parts.map { Finding(DeclarationRule.policyChanged.code, .note, "this changes policy: \($0)") }
  }

  private static let nowhere = SourcePlace(file: "", line: 1, column: 1)

  private static func partners(_ policy: Policy) -> [String: PartnerPolicy] {
    Dictionary(
      policy.partners.partners.map { ($0.key.text, $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private static func placeless(_ exceptions: [RuleException]) -> Set<RuleException> {
    Set(
      exceptions.map {
        var exception = $0
        exception.place = nowhere
        return exception
      }
    )
  }

  private static func named<Value: Equatable>(
    _ what: String,
    _ base: [String: Value],
    _ head: [String: Value],
    _ forgetPlaces: (inout Value) -> Void
  ) -> [String] {
    Set(base.keys).union(head.keys).sorted().compactMap { name in
      var before = base[name]
      var after = head[name]
      if var value = before {
        forgetPlaces(&value)
        before = value
      }
      if var value = after {
        forgetPlaces(&value)
        after = value
      }
      guard before != after else { return nil }
      let verb = before == nil ? "new" : after == nil ? "removed" : "changed"
      return "the \(what) `\(name)` (\(verb))"
    }
  }
}
