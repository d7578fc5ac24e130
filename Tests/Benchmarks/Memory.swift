internal import FoundationEssentials

/// The memory of this process, as the kernel counts it.
enum Memory {
  /// Forgets the highest resident size so far.
  static func resetPeak() throws {
    try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
  }

  /// The highest resident size since, in MiB.
  static func peak() throws -> Double {
    let status = String(
      decoding: try Data(contentsOf: URL(filePath: "/proc/self/status")),
      as: UTF8.self
    )
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      let digits = line.filter { $0.isNumber }
      return (Double(String(digits)) ?? 0) / 1024
    }
    return .infinity
  }
}
