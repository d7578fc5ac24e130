/// Something for which a file is not, or not wholly, the YAML that we read.
package struct YAMLFault: Hashable, Sendable {
  package var kind: Kind
  /// Where it begins, in bytes from the start of the file.
  package var offset: Int
  /// How many bytes it covers; zero where only the beginning is known.
  package var byteCount: Int

  package init(_ kind: Kind, offset: Int, byteCount: Int = 0) {
    self.kind = kind
    self.offset = offset
    self.byteCount = byteCount
  }

  package enum Kind: Hashable, Sendable {
    case invalidUTF8
    /// A character that has no place in a declaration, by its code point.
    case forbiddenCharacter(UInt32)
    /// The same, written as an escape in a quoted text.
    case forbiddenEscape(UInt32)
    case byteOrderMark
    case tooManyBytes(limit: Int)
    case tooManyNodes(limit: Int)
    case tooDeep(limit: Int)
    case anchor
    case alias
    case tag
    case directive
    case secondDocument
    case mergeKey
    /// A key that is a list or a mapping.
    case compoundKey
    /// What libyaml says, in its words.
    case syntax(String)
  }
}
