internal import CGit2
internal import Glibc

/// libgit2 as a whole: its one-time start, its last message, what can be asked without a repository.
enum Library {
  /// Starts libgit2 on first use, for the rest of the process.
  /// - Throws: `system`.
  static func start() throws(GitError) {
    guard started else { throw GitError(.system, detail: "libgit2 did not start") }
  }

  // Both extensions change nothing for a reader, but libgit2 1.5 refuses what it was not told.
  private static let started: Bool = {
    guard git_libgit2_init() > 0 else { return false }
    return unsafe "partialclone".withCString { first in
      unsafe "worktreeconfig".withCString { second in
        var names: [UnsafePointer<CChar>?] = unsafe [first, second]
        return unsafe shim_git_set_extensions(&names, names.count) == 0
      }
    }
  }()

  /// What libgit2 said about the last failure of this thread; it may have said nothing.
  static func lastMessage() -> String? {
    guard let error = unsafe git_error_last(), let message = unsafe error.pointee.message
    else { return nil }
    return unsafe String(cString: message)
  }

  /// The directory of the repository that a path lies in, without opening it.
  static func discover(_ path: String) -> String? {
    var buffer = unsafe git_buf()
    defer { unsafe git_buf_dispose(&buffer) }
    guard unsafe git_repository_discover(&buffer, path, 0, nil) == 0, let text = unsafe buffer.ptr
    else { return nil }
    return unsafe String(cString: text)
  }

  /// The directory that git would want named in `safe.directory`, where the repository that a path
  /// lies in belongs to another user; `nil` where it does not.
  static func foreignRepository(at path: String) -> String? {
    guard var directory = discover(path) else { return nil }
    while directory.hasSuffix("/"), directory.utf8.count > 1 { directory.removeLast() }
    let top = directory.hasSuffix("/.git") ? String(directory.dropLast("/.git".count)) : directory
    let isForeign = [top, directory].contains { candidate in
      var status = stat()
      return unsafe lstat(candidate, &status) == 0 && status.st_uid != geteuid()
    }
    return isForeign ? top : nil
  }

  /// Why the format of the repository at a path cannot be read; `nil` where it could be.
  static func unsupportedFormat(at path: String) -> GitError.Kind? {
    guard let directory = discover(path) else { return nil }
    var config: OpaquePointer?
    guard unsafe git_config_open_ondisk(&config, directory + "config") == 0 else { return nil }
    defer { unsafe git_config_free(config) }
    var iterator: OpaquePointer?
    guard unsafe git_config_iterator_glob_new(&iterator, config, "^extensions\\.") == 0
    else { return nil }
    defer { unsafe git_config_iterator_free(iterator) }
    var entry: UnsafeMutablePointer<git_config_entry>?
    while unsafe git_config_next(&entry, iterator) == 0, let found = unsafe entry {
      let name = unsafe String(cString: found.pointee.name).dropFirst("extensions.".count)
      let value = unsafe String(cString: found.pointee.value)
      if name == "objectformat", value.lowercased() != "sha1" {
        return .unsupportedObjectFormat(value)
      }
      if !["objectformat", "partialclone", "worktreeconfig", "noop"].contains(name) {
        return .unsupportedExtension(String(name))
      }
    }
    return nil
  }

  /// The trailers of a message, by git's own rule for what is one.
  static func trailers(of message: String) -> [CommitTrailer] {
    var array = unsafe git_message_trailer_array()
    guard unsafe git_message_trailers(&array, message) == 0 else { return [] }
    defer { unsafe git_message_trailer_array_free(&array) }
    let count = unsafe array.count
    return (0..<count).map { index in
      let trailer = unsafe array.trailers[index]
      return unsafe CommitTrailer(
        key: String(cString: trailer.key),
        value: String(cString: trailer.value)
      )
    }
  }
}

/// Stands in for the function of mbed TLS by which libgit2 reads every certificate authority of the
/// system as it starts: that takes longer than many a command, and no connection is made through
/// libgit2 here. One that were made would trust nobody.
// Public, or the linker would not let libgit2 see it.
@c(mbedtls_x509_crt_parse_file)
public func readNoCertificates(_ chain: OpaquePointer?, _ path: UnsafePointer<CChar>?) -> CInt { 0 }
