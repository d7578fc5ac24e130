package import Access
package import Journal

/// Why a guest has, or had, something: the commit that it leads back to, and the write that gave
/// it.
package struct Attribution: Hashable, Sendable {
  package var key: EntryKey
  package var status: Status
  /// The commit that introduced the current entry, or the last one; `nil` where none did.
  package var introduced: Origin?
  /// The commit that removed it; `nil` while it is declared.
  package var removed: Origin?
  /// Whether a run applied a commit while the entry was last declared; `nil` without a journal.
  package var wasApplied: Bool?
  /// The last write of ours that gave it; `nil` where it was there before, or somebody else gave
  /// it.
  package var given: JournalEvent?

  /// What the declarations say of the entry.
  package enum Status: String, Hashable, Sendable, CaseIterable {
    case declared
    /// It was declared once and is no longer.
    case undeclared
    /// No commit that can be seen ever declared it.
    case neverDeclared
  }
}
