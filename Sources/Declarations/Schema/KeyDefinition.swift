/// What a key of the declarations means, and what it takes.
///
/// The decoder knows its keys from these, and the reference's table is printed from them, so that
/// neither can know a key that the other does not.
package struct KeyDefinition: Hashable, Sendable {
  package let kind: ValueKind
  package let isRequired: Bool
  /// What holds where the key is left out, in the words of the reference.
  package let fallback: String?
  package let meaning: String

  init(
    _ kind: ValueKind,
    _ meaning: String,
    default fallback: String? = nil,
    required: Bool = false
  ) {
    self.kind = kind
    self.isRequired = required
    self.fallback = fallback
    self.meaning = meaning
  }
}
