internal import Access
internal import Platform

@testable import Worlds

/// Owns every executor of a simulated world: one job runs at a time, chance says which, and time
/// passes only when nothing is left to do.
final class Scheduler: TaskExecutor, Access.Clock {
  private let state: Locked<State>

  private struct State {
    var chance: Chance
    var jobs: [Waiting] = []
    var sleepers: [Sleeper] = []
    var sleeps = 0
    /// Milliseconds since 1970.
    var time: Int64
  }

  private struct Waiting {
    let job: UnownedJob
    let store: StoreExecutor?
  }

  private struct Sleeper {
    let number: Int
    let wakes: Int64
    let continuation: CheckedContinuation<Bool, Never>
  }

  init(seed: UInt64, start: Moment) {
    state = Locked(State(chance: Chance(seed: seed ^ 0x5CED), time: start.seconds * 1000))
  }

  /// Runs a body to its end; `false` where everything waits and nothing will ever wake it.
  func run(_ body: @escaping @Sendable () async -> Void) -> Bool {
    let isOver = Locked(false)
    Task(executorPreference: self) {
      await body()
      isOver.withLock { $0 = true }
    }
    while !isOver.withLock({ $0 }) {
      if let next = takeJob() { run(next) } else if !wakeNext() { return false }
    }
    return true
  }

  private func takeJob() -> Waiting? {
    state.withLock { state in
      guard !state.jobs.isEmpty else { return nil }
      return state.jobs.remove(at: state.chance.below(state.jobs.count))
    }
  }

  private func run(_ next: Waiting) {
    guard let store = next.store else {
      unsafe next.job.runSynchronously(on: asUnownedTaskExecutor())
      return
    }
    store.passed()
    unsafe next.job.runSynchronously(
      isolatedTo: store.asUnownedSerialExecutor(),
      taskExecutor: asUnownedTaskExecutor()
    )
    store.passed()
  }

  private func wakeNext() -> Bool {
    let sleeper: Sleeper? = state.withLock { state in
      let next = state.sleepers.indices.min {
        let (left, right) = (state.sleepers[$0], state.sleepers[$1])
        return (left.wakes, left.number) < (right.wakes, right.number)
      }
      guard let next else { return nil }
      let sleeper = state.sleepers.remove(at: next)
      state.time = max(state.time, sleeper.wakes)
      return sleeper
    }
    sleeper?.continuation.resume(returning: true)
    return sleeper != nil
  }

  func enqueue(_ job: consuming ExecutorJob) { enqueue(UnownedJob(job), for: nil) }

  func enqueue(_ job: UnownedJob, for store: StoreExecutor?) {
    state.withLock { $0.jobs.append(Waiting(job: job, store: store)) }
  }

  /// Milliseconds since 1970.
  var time: Int64 { state.withLock { $0.time } }

  func now() -> Moment { Moment(seconds: time / 1000) }

  func sleep(for duration: Duration) async throws(CancellationError) {
    let (seconds, attoseconds) = duration.components
    let length = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    let number = state.withLock { state in
      state.sleeps += 1
      return state.sleeps
    }
    let isOver = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard !Task.isCancelled else { return continuation.resume(returning: false) }
        state.withLock { state in
          let wakes = state.time + length
          state.sleepers.append(Sleeper(number: number, wakes: wakes, continuation: continuation))
        }
      }
    } onCancel: {
      let sleeper: Sleeper? = state.withLock { state in
        let place = state.sleepers.firstIndex { $0.number == number }
        return place.map { state.sleepers.remove(at: $0) }
      }
      sleeper?.continuation.resume(returning: false)
    }
    if !isOver { throw CancellationError() }
  }

  /// Lets time pass while nothing runs.
  func pass(_ span: Moment.Span) { state.withLock { $0.time += span.seconds * 1000 } }
}

/// The executor of a store on a disk: each of its jobs is an effect, before and after which a process
/// may die.
final class StoreExecutor: SerialExecutor {
  private let scheduler: Scheduler
  let passed: @Sendable () -> Void

  init(_ scheduler: Scheduler, passed: @escaping @Sendable () -> Void) {
    self.scheduler = scheduler
    self.passed = passed
  }

  func enqueue(_ job: consuming ExecutorJob) { scheduler.enqueue(UnownedJob(job), for: self) }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }
}
