/// The seam through which the program learns the time and waits.
///
/// Named and shaped apart from Swift's `Clock`, because plans use calendar time and every wait of
/// the program is also a promise about it; tests hand in one that they move by hand.
package protocol Clock: Sendable {
  /// The present moment.
  func now() -> Moment

  /// Waits for a length of time, or throws `CancellationError` as soon as the task is cancelled.
  func sleep(for duration: Duration) async throws(CancellationError)
}
