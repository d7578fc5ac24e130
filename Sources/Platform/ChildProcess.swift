internal import Dispatch

/// A program to run as a child, with nothing of ours but what is handed to it.
package struct ChildProcess: Sendable {
  /// A path, or a name that is looked up in the `PATH` of this process.
  package var program: String
  package var arguments: [String]
  /// The child's whole environment.
  package var environment: [String: String]
  package var folder: String?
  /// What the child reads on its standard input, which then ends.
  package var input: [UInt8]

  package init(
    _ program: String,
    _ arguments: [String] = [],
    environment: [String: String],
    folder: String? = nil,
    input: [UInt8] = []
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.input = input
  }

  /// How a child ended, and its output.
  package struct Completion: Sendable {
    package var status: Status
    package var output: [UInt8]
    package var errors: [UInt8]

    package var isSuccess: Bool { status == .exited(0) }
  }

  package enum Status: Hashable, Sendable {
    case exited(Int)
    case signalled(Int)
  }

  /// Runs the child to its end on a thread of its own.
  ///
  /// A child that takes longer than `timeout`, or says more than `outputLimit` bytes, is killed with
  /// everything that it started, and the error is of kind `timedOut` or `tooMuchOutput`;
  /// cancellation kills it likewise, unless it ended by itself just then. An exit code other than
  /// zero is a value and no error.
  package func run(
    timeout: Duration? = nil,
    outputLimit: Int = 64 << 20
  ) async throws(PlatformError) -> Completion {
    let running = try RunningProcess(self)
    let result: Result<Completion, PlatformError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue(label: "child process").async {
          continuation.resume(
            returning: Result { () throws(PlatformError) in
              try running.complete(timeout: timeout, outputLimit: outputLimit)
            }
          )
        }
      }
    } onCancel: {
      running.kill()
    }
    let completion = try result.get()
    if Task.isCancelled, case .signalled = completion.status {
      throw PlatformError(.cancelled, operation: "running `\(program)`", detail: "cancelled")
    }
    return completion
  }
}
