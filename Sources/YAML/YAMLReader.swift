/// Reads a file into a document, or says why not.
package struct YAMLReader: Sendable {
  package var limits: YAMLLimits

  package init(limits: YAMLLimits = YAMLLimits()) { self.limits = limits }

  package struct Reading: Sendable {
    /// `nil` where the bytes were refused or the syntax is broken: what follows from half a file
    /// would be wrong.
    package var document: Document?
    package var text: SourceText
    /// In the order in which they are; not empty also beside a document that uses what YAML has
    /// and declarations do not: anchors, aliases, tags, merge keys.
    package var faults: [YAMLFault]
  }

  /// Takes time and memory in proportion to the bytes, whatever they are.
  package func read(_ bytes: [UInt8]) -> Reading {
    let text = SourceText(bytes, limits: limits)
    guard text.faults.isEmpty else {
      return Reading(document: nil, text: text, faults: text.faults)
    }
    var composer = Composer(text: text, limits: limits)
    _ = composer.compose()
    return Reading(composer, of: text)
  }

  /// Begins to read a file, with the items of the list below a key at the top taken out: a long
  /// list is never in memory as a whole.
  package func open(
    _ bytes: [UInt8],
    takingListOf key: StaticString,
    each size: Int
  ) -> PartedReading {
    let text = SourceText(bytes, limits: limits)
    guard text.faults.isEmpty else { return PartedReading(refused: text) }
    return PartedReading(
      Composer(text: text, limits: limits, takingListOf: key, each: size),
      of: text
    )
  }
}

extension YAMLReader.Reading {
  init(_ composer: Composer, of text: SourceText) {
    document = composer.isComplete ? composer.document : nil
    self.text = text
    faults = composer.faults
  }
}

/// How much of a file is read before it is refused.
package struct YAMLLimits: Hashable, Sendable {
  /// Bytes of one file.
  package var bytes: Int
  /// Collections inside one another; libyaml's time grows with the square of this (PLATFORM
  /// section 9).
  package var depth: Int
  /// Scalars and collections of one file.
  package var nodes: Int

  package init(bytes: Int = 64 << 20, depth: Int = 64, nodes: Int = 8_000_000) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }
}
