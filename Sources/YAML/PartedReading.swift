/// A file that is being read: the items of one of its lists come out in parts, and the rest of it at
/// the end.
///
/// What the parts say counts only if the rest has a document: a fault of syntax may follow them.
package struct PartedReading: ~Copyable {
  package let text: SourceText
  /// `nil` where the bytes were refused.
  private var composer: Composer?

  init(_ composer: Composer, of text: SourceText) {
    self.text = text
    self.composer = composer
  }

  init(refused text: SourceText) { self.text = text }

  /// The next items of the list, as the `roots` of a document of their own, with their places in the
  /// file; `nil` when there are no more.
  package mutating func nextPart() -> Document? { composer?.compose() }

  /// Everything else, in which the list is empty.
  ///
  /// Parts that were not asked for are lost.
  package consuming func rest() -> YAMLReader.Reading {
    while nextPart() != nil {}
    guard let composer else {
      return YAMLReader.Reading(document: nil, text: text, faults: text.faults)
    }
    return YAMLReader.Reading(composer, of: text)
  }
}
