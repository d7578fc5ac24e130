internal import CPOSIX

/// A thread of the operating system that does one thing, for a library that wants to be driven.
package enum DedicatedThread {
  /// Starts a thread that runs a body to its end.
  ///
  /// Every signal is blocked on it: interruptions are for the threads that listen for them, and a
  /// connection that the other side closed is an error of that connection.
  package static func start(
    _ name: String,
    _ body: @escaping @Sendable () -> Void
  ) throws(PlatformError) {
    let box = unsafe Unmanaged.passRetained(Body(run: body))
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread,
      nil,
      { context in
        guard let context = unsafe context else { return nil }
        var all = sigset_t()
        _ = unsafe sigfillset(&all)
        _ = unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
        unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
      },
      unsafe box.toOpaque()
    )
    guard code == 0 else {
      unsafe box.release()
      throw .with(code: code, "starting the thread `\(name)`")
    }
    _ = pthread_detach(thread)
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
