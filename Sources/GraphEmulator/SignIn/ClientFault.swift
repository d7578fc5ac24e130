/// What is wrong with a client of a scenario.
package struct ClientFault: Error, Hashable, Sendable {
  /// For whoever wrote the scenario.
  package let reason: String
}
