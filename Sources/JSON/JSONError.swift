/// A place in a JSON document, from the outside in.
package typealias JSONPath = [JSONStep]

/// One step of a path.
package enum JSONStep: Hashable, Sendable {
  case key(String)
  case index(Int)
}

/// Why a text is not the JSON that was asked for, or a value cannot be written as JSON.
package struct JSONError: Error, Hashable, Sendable {
  package var kind: Kind
  /// Where, down to the key itself; empty for the whole document.
  package var path: JSONPath
  /// More about it, for people.
  package var reason: String

  package init(_ kind: Kind, path: JSONPath = [], reason: String = "") {
    self.kind = kind
    self.path = path
    self.reason = reason
  }

  package enum Kind: String, Hashable, Sendable {
    case syntax, tooLarge, tooDeep
    case unknownKey, duplicateKey, missingKey
    case wrongType, invalidValue, notAnInteger
    /// Valid JSON in another spelling than the canonical one.
    case notCanonical
  }
}

extension JSONError {
  /// What an error of the toolchain's coders says; any other is an invalid value.
  package init(_ error: any Error) {
    switch error {
    case let error as Self: self = error
    case let error as DecodingError: self.init(error)
    case let error as EncodingError: self.init(error)
    default: self.init(.invalidValue, reason: "\(error)")
    }
  }

  private init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init(.missingKey, path: JSONPath(context.codingPath + [key]))
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      self.init(.wrongType, path: JSONPath(context.codingPath))
    case .dataCorrupted(let context):
      // The toolchain says so of a text that is not JSON, and a type of a value it does not take.
      guard !context.codingPath.isEmpty else {
        self.init(.syntax)
        return
      }
      self.init(
        .invalidValue,
        path: JSONPath(context.codingPath),
        reason: context.debugDescription
      )
    @unknown default: self.init(.invalidValue)
    }
  }

  private init(_ error: EncodingError) {
    switch error {
    case .invalidValue(_, let context):
      self.init(
        .invalidValue,
        path: JSONPath(context.codingPath),
        reason: context.debugDescription
      )
    @unknown default: self.init(.invalidValue)
    }
  }
}

extension JSONPath {
  init(_ keys: [any CodingKey]) {
    self = keys.map { key in key.intValue.map { .index($0) } ?? .key(key.stringValue) }
  }

  /// The path as it is printed: `actions[3].verb`.
  package var text: String {
    reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
  }
}

extension JSONError: CustomStringConvertible {
  package var description: String {
    let place = path.isEmpty ? "the document" : "`\(path.text)`"
    let what =
      switch kind {
      case .syntax: "not valid JSON"
      case .tooLarge: "the JSON document is too large"
      case .tooDeep: "\(place) is nested too deeply"
      case .unknownKey: "unknown key \(place)"
      case .duplicateKey: "duplicate key \(place)"
      case .missingKey: "missing key \(place)"
      case .wrongType: "\(place) has the wrong type"
      case .invalidValue: "\(place) has an invalid value"
      case .notAnInteger: "\(place) is not an integer"
      case .notCanonical: "\(place) is not canonical JSON"
      }
    return reason.isEmpty ? what : "\(what) (\(reason))"
  }
}
