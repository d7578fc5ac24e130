internal import FoundationEssentials

extension EmulatorClock {
  /// A clock over the machine's own time.
  package static var system: EmulatorClock {
    EmulatorClock { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
  }
}
