internal import Platform

/// The emulator's time: the real one, moved or held as `/_emulator/clock` says.
package final class EmulatorClock: Sendable {
  private struct Adjustment {
    var offset: Int64 = 0
    var held: Int64?
    var skew: Int64 = 0
  }

  private let source: @Sendable () -> Timestamp
  private let adjustment = Locked(Adjustment())

  /// Creates a clock over a source of real time; a test hands in its own.
  package init(source: @escaping @Sendable () -> Timestamp) { self.source = source }

  package var now: Timestamp {
    let real = source().milliseconds
    return adjustment.withLock { .init(milliseconds: $0.held ?? (real &+ $0.offset)) }
  }

  /// What the `Date` header says: the emulator's time and the error that it was told to make.
  package var announced: Timestamp {
    let skew = adjustment.withLock { $0.skew }
    return now.adding(seconds: skew)
  }

  /// Moves the time by so many seconds; backwards is possible too.
  package func advance(seconds: Int64) {
    let distance = Timestamp(milliseconds: 0).adding(seconds: seconds).milliseconds
    adjustment.withLock { adjustment in
      adjustment.offset &+= distance
      if let held = adjustment.held { adjustment.held = held &+ distance }
    }
  }

  /// Makes it this moment now.
  package func set(_ moment: Timestamp) {
    let real = source().milliseconds
    adjustment.withLock { adjustment in
      adjustment.offset = moment.milliseconds &- real
      if adjustment.held != nil { adjustment.held = moment.milliseconds }
    }
  }

  /// Stops the time where it is, or lets it run on from there.
  package func hold(_ isHeld: Bool) {
    let real = source().milliseconds
    adjustment.withLock { adjustment in
      switch (isHeld, adjustment.held) {
      case (true, nil): adjustment.held = real &+ adjustment.offset
      case (false, let held?):
        adjustment.offset = held &- real
        adjustment.held = nil
      default: break
      }
    }
  }

  /// Makes the `Date` header wrong by so many seconds.
  package func announce(skew seconds: Int64) { adjustment.withLock { $0.skew = seconds } }
}
