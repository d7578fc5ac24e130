/// What one guard found, and what it holds back.
///
/// A plan lists the guards that were tripped: one that is not answered makes the run end as held
/// back, even where there was nothing to hold.
package struct GuardVerdict: Hashable, Sendable {
  package var name: Guard
  /// Positions in the plan of the actions that are held back.
  package var heldBack: [Int]
  /// How many the guard counted, in its own unit; what a `Guestlist-Accept` trailer must say.
  package var count: Int
  /// What was counted against which limit, in a sentence.
  package var numbers: String
  /// The way to proceed, in a sentence.
  package var hint: String
  /// Digest over the actions that are held back and what they rest on.
  ///
  /// It is what `--accept` must name; `nil` where nothing is held back or nothing can release it.
  package var digest: String?
  /// True where `--accept`, a trailer or the acceptance of a run that was killed releases it.
  package var isAccepted: Bool
  /// For the guard `ownership`, the entries of which it asks whether they are ours, in order.
  package var entries: [EntryKey] = []
  /// True where `--decline` answered that `entries` are not ours: what is held back stays undone,
  /// and the guard asks no more.
  package var isDeclined = false

  package init(
    _ name: Guard,
    heldBack: [Int],
    count: Int = 0,
    numbers: String,
    hint: String = "",
    digest: String? = nil,
    isAccepted: Bool = false
  ) {
    self.name = name
    self.heldBack = heldBack
    self.count = count
    self.numbers = numbers
    self.hint = hint
    self.digest = digest
    self.isAccepted = isAccepted
  }

  /// The guards by the names under which they are accepted (DESIGN section 7).
  package enum Guard: String, Hashable, Sendable, CaseIterable {
    case removals, expiries, invitations, grants, identityChanges, loosened, shrink, history
    case ownership, ref, tenant, trust, clock, suspend, protected

    /// Whether `--accept` may release what this guard holds back; of `protected` only what the
    /// baseline alone protects, which is where a verdict has a digest.
    package var canBeAccepted: Bool {
      switch self {
      case .removals, .expiries, .invitations, .grants, .identityChanges, .loosened, .shrink,
        .history, .ownership, .ref, .protected:
        true
      case .tenant, .trust, .clock, .suspend: false
      }
    }

    /// Whether the trailer `Guestlist-Accept` of the commit that causes the actions releases them.
    package var takesTrailer: Bool {
      switch self {
      case .removals, .expiries, .invitations, .grants, .identityChanges: true
      default: false
      }
    }
  }
}
