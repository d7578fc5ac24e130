/// One operation of the API: a method on a path template.
struct Operation: Sendable, Hashable {
  let method: String
  /// Such as `/users/{}/sponsors/{}/$ref`; `{}` stands for a key.
  let template: String
  /// The status of a success.
  let success: Int
  /// FACTS section 7, "Base cost"; zero where the operation is not metered in resource units.
  let baseUnits: Int
  let writes: Int

  /// The route under which requests are counted, such as `GET /users/{}`.
  var route: String { "\(method) \(template)" }
}
