/// The operations that the emulator serves, read from the text table beside this file.
///
/// They are those of the API description that are marked documented and the exceptions that its
/// notes call real; the costs are its `x-throttle-cost`, zero for what is not metered so.
enum Operations {
  static let all: [Operation] = text.split(separator: "\n").compactMap { line in
    let words = line.split(separator: " ")
    guard words.count == 5, let status = Int(words[2]), let units = Int(words[3]),
      let writes = Int(words[4])
    else { return nil }
    return Operation(
      method: String(words[0]),
      template: String(words[1]),
      success: status,
      baseUnits: units,
      writes: writes
    )
  }
}
