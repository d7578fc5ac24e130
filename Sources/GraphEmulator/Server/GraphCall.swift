/// A call to Graph as it arrives: alone over HTTP, or as one item of a batch.
struct GraphCall: Sendable {
  let method: String
  /// `v1.0` or `beta`.
  let version: String
  /// Path and query below the version, as sent.
  let target: Substring
  /// Header fields by lower-case name.
  let headers: [String: String]
  let body: [UInt8]
  let base: String
  let caller: Caller
  let requestID: ObjectID
  var isBatchItem = false
}
