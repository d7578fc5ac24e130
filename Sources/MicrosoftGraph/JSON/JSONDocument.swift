/// A JSON text that was taken apart once, and out of which values are read as they are asked for.
///
/// A tenant's pages are megabytes of which a plan needs a part, so strings stay bytes until somebody
/// wants them. Nesting is limited and costs no stack.
final class JSONDocument: Sendable {
  let bytes: [UInt8]
  let nodes: [Node]

  /// Takes a whole text apart.
  ///
  /// - Throws: for anything that is not one JSON value (RFC 8259) in UTF-8, and for nesting beyond
  ///   128 levels.
  init(_ bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes)
    nodes = try parser.parse()
    self.bytes = bytes
  }

  /// The one value of the text.
  var root: JSONValue { JSONValue(document: self, index: 0) }

  /// One value, in the order of the text; what is inside it follows directly.
  struct Node: Sendable {
    var kind: Kind
    /// Where its bytes begin; those of a string without the quotes.
    var start: Int32
    var end: Int32
    /// The first node after it and everything inside it.
    var next: Int32
  }

  enum Kind: UInt8, Sendable { case object, array, string, escapedString, number, yes, no, null }
}

/// Where a text stops being JSON.
struct JSONError: Error, Hashable, Sendable {
  var offset: Int
}
