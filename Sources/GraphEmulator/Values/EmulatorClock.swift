internal import FoundationEssentials
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
    let moved = adjustment.withLock { $0.held ?? (real &+ $0.offset) }
    return .init(milliseconds: Self.moved(moved, by: 0))
  }

  /// What the `Date` header says: the emulator's time and the error that it was told to make.
  package var announced: Timestamp {
    let skew = adjustment.withLock { $0.skew }
    return .init(milliseconds: Self.moved(now.milliseconds, by: skew))
  }

  /// Moves the time by so many seconds, as far as the calendar goes; backwards is possible too.
  package func advance(seconds: Int64) {
    let real = source().milliseconds
    adjustment.withLock { adjustment in
      let moment = Self.moved(adjustment.held ?? (real &+ adjustment.offset), by: seconds)
      adjustment.offset = moment &- real
      if adjustment.held != nil { adjustment.held = moment }
    }
  }

  /// From 1970 to the last moment that four digits of a year can write.
  private static let calendar: ClosedRange<Int64> = 0...253_402_300_799_999

  private static func moved(_ milliseconds: Int64, by seconds: Int64) -> Int64 {
    let reach = calendar.upperBound / 1000
    let distance = min(max(seconds, -reach), reach) * 1000
    return min(max(milliseconds &+ distance, calendar.lowerBound), calendar.upperBound)
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

extension EmulatorClock {
  /// A clock over the machine's own time.
  package static var system: EmulatorClock {
    EmulatorClock { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
  }
}
