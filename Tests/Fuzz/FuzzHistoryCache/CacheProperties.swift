internal import History

/// What must be true of reading a row of the history cache, no matter who wrote it: an input is its
/// content.
enum CacheProperties {
  /// Ends the process where a property does not hold.
  static func hold(for bytes: [UInt8]) {
    guard let record = StoredRecord(bytes) else { return }
    if let history = try? record.history() {
      precondition(
        (try? StoredRecord(history).history()) == history,
        "a history that is kept is another one"
      )
    }
    if let file = try? record.identities() {
      precondition((try? StoredRecord(file).identities()) == file, "a file that is kept is another")
    }
  }
}
