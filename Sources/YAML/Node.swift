/// One scalar or collection of a document; it means something only to the document that gave it.
package struct Node: Hashable, Sendable {
  let index: Int32

  package enum Kind: Hashable, Sendable {
    case scalar, sequence, mapping
  }
}
