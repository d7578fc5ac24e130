internal import CPOSIX

/// Why the operating system refused something.
package struct PlatformError: Error, Hashable, Sendable {
  package var kind: Kind
  /// What was attempted, in words that name the thing (`opening `/var/lib/x``).
  package var operation: String
  /// The system's own word for the failure.
  package var detail: String

  package init(_ kind: Kind, operation: String, detail: String) {
    self.kind = kind
    self.operation = operation
    self.detail = detail
  }

  package enum Kind: Hashable, Sendable {
    case notFound, notPermitted, alreadyExists, isDirectory, timedOut, tooMuchOutput, cancelled
    /// Another user owns the file, or may write it, or may read what only its owner should.
    case notPrivate
    /// A link, a pipe or a device is in the place of a file.
    case notRegular
    case other
  }

  /// The error that a call left in `errno`.
  static func last(_ operation: String) -> Self { with(code: errno, operation) }

  static func with(code: Int32, _ operation: String) -> Self {
    let kind: Kind =
      switch code {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM, EROFS: .notPermitted
      case EEXIST: .alreadyExists
      case EISDIR: .isDirectory
      default: .other
      }
    return Self(kind, operation: operation, detail: unsafe String(cString: strerror(code)))
  }
}

/// The code that the last failed call of this thread left behind.
var errno: Int32 { shim_errno() }
