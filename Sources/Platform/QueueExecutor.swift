internal import Dispatch

/// A serial executor over a dispatch queue of its own, for an actor that owns a blocking C library.
///
/// The cooperative pool has as many threads as the machine has cores; one blocking call on it holds
/// up everything else. `DispatchSerialQueue` is not an executor on Linux.
package final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  package init(label: String) { queue = DispatchQueue(label: label) }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }
}
