internal import CPOSIX

/// A child that was started and has not been waited for.
///
/// It leads a process group of its own, so that one signal reaches everything that it started.
package final class RunningProcess: Sendable {
  package let processID: Int
  private let program: String
  private let input: Locked<[UInt8]>
  private let inputPipe: Pipe
  private let outputPipe: Pipe
  private let errorPipe: Pipe
  private let ending = Locked<ChildProcess.Status?>(nil)

  /// Starts the child; an error where the program is not found or may not be run.
  package init(_ child: ChildProcess) throws(PlatformError) {
    program = child.program
    inputPipe = try Pipe()
    outputPipe = try Pipe()
    errorPipe = try Pipe()
    input = Locked(child.input)
    processID = try Spawn.start(
      child,
      input: inputPipe.reader,
      output: outputPipe.writer,
      errors: errorPipe.writer
    )
    inputPipe.closeReader()
    outputPipe.closeWriter()
    errorPipe.closeWriter()
    inputPipe.makeWriterNonBlocking()
  }

  deinit {
    kill()
    _ = wait()
  }

  /// Sends a signal to the child's group; a child that ended is left alone.
  package func signal(_ signal: Signal) {
    ending.withLock { ended in
      if ended == nil { _ = CPOSIX.kill(-pid_t(processID), signal.number) }
    }
  }

  package func kill() { signal(.kill) }

  package enum Signal: Sendable {
    case interrupt, terminate, kill

    fileprivate var number: Int32 {
      switch self {
      case .interrupt: SIGINT
      case .terminate: SIGTERM
      case .kill: SIGKILL
      }
    }
  }

  /// Waits, blocking the thread, until the child ended.
  package func wait() -> ChildProcess.Status {
    // Waiting first without reaping keeps the number from being given to another process between
    // the end of the child and the moment at which `signal` learns of it.
    var info = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(processID), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return ending.withLock { ended in
      if let ended { return ended }
      var status: Int32 = 0
      while unsafe waitpid(pid_t(processID), &status, 0) < 0, errno == EINTR {}
      let signal = shim_term_signal(status)
      let result: ChildProcess.Status =
        signal == 0 ? .exited(Int(shim_exit_status(status))) : .signalled(Int(signal))
      ended = result
      return result
    }
  }

  /// Reads one line of the child's output, blocking the thread.
  ///
  /// At the end of the output, or after the time-out, it is `nil`. Bytes are read one by one, so
  /// that nothing of what follows the line is lost.
  package func readLine(timeout: Duration) -> String? {
    let deadline = ContinuousClock.now + timeout
    var line: [UInt8] = []
    while true {
      guard outputPipe.waitReadable(until: deadline) else { return nil }
      guard let byte = outputPipe.readSome(1)?.first else { return nil }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  /// Feeds the input, gathers the output and waits for the end, blocking the thread.
  package func complete(
    timeout: Duration?,
    outputLimit: Int
  ) throws(PlatformError) -> ChildProcess.Completion {
    var output: [UInt8] = []
    var errors: [UInt8] = []
    let deadline = timeout.map { ContinuousClock.now + $0 }
    while outputPipe.isReadable || errorPipe.isReadable {
      guard Pipe.wait(readers: [outputPipe, errorPipe], writer: inputPipe, until: deadline) else {
        throw abandon(.timedOut, "no end after \(timeout ?? .zero)")
      }
      input.withLock { inputPipe.writeSome(from: &$0) }
      if let chunk = outputPipe.readAvailable() { output += chunk }
      if let chunk = errorPipe.readAvailable() { errors += chunk }
      guard output.count + errors.count <= outputLimit else {
        throw abandon(.tooMuchOutput, "more than \(outputLimit) bytes")
      }
    }
    return ChildProcess.Completion(status: wait(), output: output, errors: errors)
  }

  private func abandon(_ kind: PlatformError.Kind, _ detail: String) -> PlatformError {
    kill()
    _ = wait()
    return PlatformError(kind, operation: "running `\(program)`", detail: detail)
  }
}
