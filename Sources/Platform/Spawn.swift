internal import CPOSIX

/// Starts a program with its three streams, its folder and its environment set.
enum Spawn {
  /// Yields the number of the new process, which leads a group of its own.
  static func start(
    _ child: ChildProcess,
    input: Int32,
    output: Int32,
    errors: Int32
  ) throws(PlatformError) -> Int {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    _ = unsafe posix_spawn_file_actions_init(&actions)
    _ = unsafe posix_spawnattr_init(&attributes)
    defer {
      _ = unsafe posix_spawn_file_actions_destroy(&actions)
      _ = unsafe posix_spawnattr_destroy(&attributes)
    }
    _ = unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    _ = unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    _ = unsafe posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    // A library's socket is not always closed by itself, and does not concern another program.
    _ = unsafe posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    if let folder = child.folder {
      _ = unsafe posix_spawn_file_actions_addchdir_np(&actions, folder)
    }
    try setAttributes(&attributes)
    var number: pid_t = 0
    let variables = child.environment.map { "\($0.key)=\($0.value)" }.sorted()
    let code = unsafe withStrings([child.program] + child.arguments) { arguments in
      unsafe withStrings(variables) { environment in
        unsafe posix_spawnp(
          &number,
          child.program,
          &actions,
          &attributes,
          arguments,
          environment
        )
      }
    }
    let outcome = (code ?? ENOMEM) ?? ENOMEM
    guard outcome == 0 else { throw .with(code: outcome, "starting `\(child.program)`") }
    return Int(number)
  }

  /// A group of its own, and the signals that we ignore or block back to what a program expects.
  private static func setAttributes(
    _ attributes: inout posix_spawnattr_t
  ) throws(PlatformError) {
    var none = sigset_t()
    var usual = sigset_t()
    _ = unsafe sigemptyset(&none)
    _ = unsafe sigemptyset(&usual)
    for number in [SIGINT, SIGTERM, SIGPIPE] { _ = unsafe sigaddset(&usual, number) }
    _ = unsafe posix_spawnattr_setsigmask(&attributes, &none)
    _ = unsafe posix_spawnattr_setsigdefault(&attributes, &usual)
    _ = unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    _ = unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  /// Lends a null-terminated array of C strings for the length of a body.
  private static func withStrings<Result>(
    _ texts: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result? {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { unsafe pointers.forEach { unsafe free($0) } }
    return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
      // Never empty: the null that ends it is there.
      unsafe buffer.baseAddress.map { unsafe body($0) }
    }
  }
}
