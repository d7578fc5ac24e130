/// A scenario that cannot be loaded, and where it is wrong.
package struct ScenarioFault: Error, CustomStringConvertible {
  /// Such as `users[3].mail`.
  package let place: String
  package let message: String

  package var description: String { place.isEmpty ? message : "\(place): \(message)" }
}
