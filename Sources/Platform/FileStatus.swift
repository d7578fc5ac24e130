internal import CPOSIX

/// What the file system says of a file: its kind, its owner and who may do what with it.
struct FileStatus {
  private let status: stat

  /// Looks at what a path names; a link is not followed.
  init(at path: String, _ operation: String) throws(PlatformError) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { throw .last(operation) }
    self.status = status
  }

  /// Looks at an open file.
  init(of file: borrowing Descriptor, _ operation: String) throws(PlatformError) {
    var status = stat()
    guard unsafe fstat(file.number, &status) == 0 else { throw .last(operation) }
    self.status = status
  }

  private func isKind(_ kind: Int32) -> Bool { Int32(status.st_mode) & S_IFMT == kind }

  /// Whether two paths or descriptors lead to one file.
  func isSame(as other: FileStatus) -> Bool {
    status.st_dev == other.status.st_dev && status.st_ino == other.status.st_ino
  }

  /// Whether the folder lets every user delete and replace the files of others.
  var letsOthersReplace: Bool { status.st_mode & 0o002 != 0 && status.st_mode & 0o1000 == 0 }

  /// Throws for anything but a file of bytes that ends.
  func expectRegular(_ operation: String) throws(PlatformError) {
    guard !isKind(S_IFREG) else { return }
    if isKind(S_IFDIR) {
      throw PlatformError(.isDirectory, operation: operation, detail: "it is a folder")
    }
    let what = isKind(S_IFLNK) ? "a symbolic link" : "not a regular file"
    throw PlatformError(.notRegular, operation: operation, detail: "it is \(what)")
  }

  /// Throws for a file that another user than this one or root owns or can write, and with `hidden`
  /// also for one that another can read.
  func expectPrivate(_ operation: String, hidden: Bool = false) throws(PlatformError) {
    try expectRegular(operation)
    let detail: String
    let mode = status.st_mode & 0o777
    if status.st_uid != geteuid(), status.st_uid != 0 {
      detail = "it belongs to another user (number \(status.st_uid))"
    } else if mode & 0o022 != 0 {
      detail = "other users can write it (mode 0\(String(mode, radix: 8)))"
    } else if hidden, mode & 0o077 != 0 {
      detail = "other users can read it (mode 0\(String(mode, radix: 8)))"
    } else {
      return
    }
    throw PlatformError(.notPrivate, operation: operation, detail: detail)
  }
}
