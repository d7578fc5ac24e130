/// One line of a tree: a name and what it stands for.
package struct TreeEntry: Hashable, Sendable {
  package var name: [UInt8]
  package var mode: Mode
  package var id: ObjectID

  package init(name: [UInt8], mode: Mode, id: ObjectID) {
    self.name = name
    self.mode = mode
    self.id = id
  }

  /// What an entry is, by the mode that git gives it.
  package enum Mode: Hashable, Sendable {
    case file
    case executable
    case symbolicLink
    case submodule
    case folder

    /// Reads the octal mode as its number, tolerating the permission bits that early versions of
    /// git wrote; a kind that git does not know is `nil`.
    init?(number: UInt32) {
      switch number & 0o170000 {
      case 0o100000: self = number & 0o100 == 0 ? .file : .executable
      case 0o120000: self = .symbolicLink
      case 0o160000: self = .submodule
      case 0o040000: self = .folder
      default: return nil
      }
    }

    /// True for what holds bytes of its own.
    package var isFile: Bool { self == .file || self == .executable }
  }
}
