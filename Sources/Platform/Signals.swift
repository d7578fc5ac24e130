internal import CPOSIX
internal import Dispatch

/// The signals by which a process is asked to end.
package enum Signals {
  /// Lets writes to a closed pipe fail with an error instead of ending the process.
  package static func ignoreBrokenPipes() { shim_ignore_signal(SIGPIPE) }

  /// Yields once for each interruption (Ctrl-C) or request to terminate; from then on neither ends
  /// the process by itself.
  package static func interruptions() -> AsyncStream<Interruption> {
    AsyncStream { continuation in
      let kinds = [(SIGINT, Interruption.interrupt), (SIGTERM, .terminate)]
      let sources = kinds.map { number, kind in
        shim_ignore_signal(number)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler { continuation.yield(kind) }
        source.resume()
        return source
      }
      let listening = Locked(sources)
      continuation.onTermination = { _ in
        listening.withLock { for source in $0 { source.cancel() } }
      }
    }
  }

  package enum Interruption: Sendable { case interrupt, terminate }

  /// Ends this process in good order.
  package static func endProcess(with code: Int32) -> Never { exit(code) }

  /// Ends this process at once, whatever it is doing.
  package static func abandonProcess(with code: Int32) -> Never { _exit(code) }
}
