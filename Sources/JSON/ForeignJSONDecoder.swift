internal import FoundationEssentials

/// Reads JSON that somebody else wrote: keys that the model does not know are ignored.
///
/// What a text may cost is bounded before it is read: a compressed reply of a few kilobytes can hold
/// a hundred million values.
package struct ForeignJSONDecoder: Sendable {
  /// How many values a text may hold, each of which takes some dozens of bytes while it is read.
  package var maximumValues: Int

  package init(maximumValues: Int = 2_000_000) { self.maximumValues = maximumValues }

  /// Reads the one value of a text; `userInfo` reaches the models that decode themselves.
  ///
  /// - Throws: `JSONError`, whose path names the place.
  package func decode<Value: Decodable>(
    _ type: Value.Type,
    from bytes: [UInt8],
    userInfo: [CodingUserInfoKey: any Sendable] = [:]
  ) throws(JSONError) -> Value {
    let values = bytes.count { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "{") || $0 == 0x5B }
    guard values <= maximumValues else {
      throw JSONError(.tooLarge, reason: "\(values) values; the limit is \(maximumValues)")
    }
    let decoder = JSONDecoder()
    decoder.userInfo = userInfo
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch {
      throw JSONError(error)
    }
  }
}
