package import Access

/// What is read back of a plan that was saved: whose promise it is, and enough of its actions to say
/// how a plan that is made now differs.
///
/// Nothing of it is ever carried out.
package struct PlanPromise: Hashable, Sendable {
  package var tenant: TenantID
  package var commit: CommitID
  /// When the plan was made.
  package var moment: Moment
  package var toolVersion: String
  package var digest: String
  /// The options that the plan was made with; `at` and answers to guards are never among them.
  package var options: PlanningOptions
  /// In the order of the plan.
  package var actions: [Line]

  /// One action in short.
  package struct Line: Hashable, Sendable {
    package var guest: EmailAddress
    package var verb: Action.Verb
    package var resource: Resource?
    /// Digest over the whole action and what it rests on.
    package var basis: String

    /// What the action is, whatever it rests on.
    fileprivate var kind: Kind { Kind(guest: guest, verb: verb, resource: resource) }

    fileprivate struct Kind: Hashable {
      var guest: EmailAddress
      var verb: Action.Verb
      var resource: Resource?
    }
  }

  /// Sums up a plan that was made with options.
  package init(_ plan: Plan, options: PlanningOptions = PlanningOptions()) {
    tenant = plan.tenant
    commit = plan.commit
    moment = plan.moment
    toolVersion = plan.toolVersion
    digest = plan.digest
    self.options = options
    self.options.at = nil
    self.options.accepted = []
    self.options.declined = []
    let digests = PlanDigests(plan)
    actions = plan.actions.indices.map { position in
      let action = plan.actions[position]
      return Line(
        guest: action.guest,
        verb: action.verb,
        resource: action.resource,
        basis: digests.basis(of: position)
      )
    }
  }

  init(
    tenant: TenantID,
    commit: CommitID,
    moment: Moment,
    toolVersion: String,
    digest: String,
    options: PlanningOptions,
    actions: [Line]
  ) {
    self.tenant = tenant
    self.commit = commit
    self.moment = moment
    self.toolVersion = toolVersion
    self.digest = digest
    self.options = options
    self.actions = actions
  }
}

/// Whether a saved plan is still the one that would be made now.
package struct PlanFreshness: Hashable, Sendable {
  package var isFresh: Bool
  /// What differs, in the order of guests; it may be empty where the plans differ by their commit or
  /// the order of their actions alone.
  package var differences: [Difference]

  package struct Difference: Hashable, Sendable {
    package var guest: EmailAddress
    package var verb: Action.Verb
    package var resource: Resource?
    package var kind: Kind
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The saved plan has the action, and the new one does not.
    case dropped
    /// The new plan has the action, and the saved one does not.
    case added
    /// Both have it, but the objects that it touches, its reason or its details changed.
    case changed
  }

  /// Compares a saved plan with one that was made now, with the same options.
  package init(_ saved: PlanPromise, now plan: Plan) {
    isFresh = saved.digest == plan.digest && saved.tenant == plan.tenant
    let new = PlanPromise(plan)
    let before = Dictionary(grouping: saved.actions, by: \.kind)
    let after = Dictionary(grouping: new.actions, by: \.kind)
    differences = Set(before.keys).union(after.keys).compactMap { action in
      let (old, new) = (before[action] ?? [], after[action] ?? [])
      guard old.map(\.basis).sorted() != new.map(\.basis).sorted() else { return nil }
      return Difference(
        guest: action.guest,
        verb: action.verb,
        resource: action.resource,
        kind: old.isEmpty ? .added : new.isEmpty ? .dropped : .changed
      )
    }.sorted { left, right in
      if left.guest != right.guest { return left.guest < right.guest }
      if left.verb != right.verb { return left.verb.rawValue < right.verb.rawValue }
      return precedes(left.resource, right.resource)
    }
  }
}
