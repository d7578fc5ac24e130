package import Access

/// What a verification of the journal found.
package enum ChainVerdict: Hashable, Sendable {
  /// Every entry follows from the one before; `nil` where there is none yet.
  case intact(ChainHead?)
  case broken(Break)

  /// The first place at which the journal contradicts itself.
  package struct Break: Hashable, Sendable {
    /// The number of the entry; for a removal, of the first one that is gone.
    package var sequence: Int
    package var fault: Fault
    /// When the entry says it was made; `nil` where it is gone.
    package var moment: Moment?
    /// What was found, in a sentence.
    package var detail: String

    init(sequence: Int, fault: Fault, moment: Moment? = nil, detail: String) {
      self.sequence = sequence
      self.fault = fault
      self.moment = moment
      self.detail = detail
    }
  }

  package enum Fault: String, Hashable, Sendable {
    case altered, removed, inserted
    /// The journal is sound in itself and is not the one whose head was published.
    case otherThanPublished
  }
}
