internal import Access

/// What a reply of Graph is decoded into.
typealias GraphModel = Decodable & Sendable

/// A page of a list, and the address of the next one.
struct Page<Item: GraphModel>: GraphModel {
  let value: [Item]
  let nextLink: String?

  enum CodingKeys: String, CodingKey {
    case value
    case nextLink = "@odata.nextLink"
  }
}

/// An identifier as JSON spells it.
struct Spelled<ID: Identifier & Sendable>: GraphModel {
  let id: ID

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = ID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a GUID")
    }
    self.id = id
  }
}

/// A text, or a number where somebody did not quote it.
struct SpelledText: GraphModel {
  let text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      text = String(number)
    } else {
      text = try container.decode(String.self)
    }
  }
}

/// Any valid JSON, whose contents are ignored.
struct AnyJSON: GraphModel {
  init(from decoder: any Decoder) throws {}
}

/// The body of a reply that is not a success (FACTS section 8).
struct GraphFault: GraphModel, Hashable {
  var code: String?
  var message: String?
  var innerError: Inner?

  struct Inner: GraphModel, Hashable {
    var requestID: String?

    enum CodingKeys: String, CodingKey { case requestID = "request-id" }
  }

  /// The object around it.
  struct Envelope: GraphModel {
    var error: GraphFault
  }
}
