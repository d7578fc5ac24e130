extension CanonicalJSON {
  /// Reads JSON of which the canonical form can be taken: integers only, no key twice, at most
  /// sixty-four levels deep.
  ///
  /// White space may be where JSON allows it. The text may come from anywhere: reading it takes
  /// time in proportion to its length, and memory likewise.
  package init(parsing bytes: [UInt8]) throws(ReadingError) {
    var reader = CanonicalReader(bytes)
    self = try reader.document()
  }

  /// Why a text is not JSON that we read, and at which byte.
  package struct ReadingError: Error, Hashable, Sendable {
    package var offset: Int
    package var kind: Kind

    package enum Kind: String, Hashable, Sendable {
      case syntax, tooDeep, duplicateKey, notAnInteger, notUTF8, trailingText
    }
  }
}
