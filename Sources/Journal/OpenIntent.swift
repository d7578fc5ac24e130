package import Access

/// A write with an intent and without an outcome.
package struct OpenIntent: Hashable, Sendable {
  package var intent: Intent
  package var intended: Moment
  /// The run that intended it.
  package var run: GUID
  /// Later runs that looked for its effect and found nothing, oldest first.
  package var lookUps: [LookUp]

  init(intent: Intent, intended: Moment, run: GUID, lookUps: [LookUp] = []) {
    self.intent = intent
    self.intended = intended
    self.run = run
    self.lookUps = lookUps
  }

  package struct LookUp: Hashable, Sendable {
    package var run: GUID
    package var moment: Moment
  }
}
