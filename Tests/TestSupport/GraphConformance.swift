internal import FoundationEssentials
internal import Platform

/// Holds replies to the API description of Microsoft Graph: types flattened over their bases and
/// closed, so that an invented property is a violation.
package struct GraphConformance: Sendable {
  /// By method, number of segments and first segment.
  private let operations: [String: [Operation]]
  let schemas: [String: JSONDocument]
  let description: JSONDocument
  /// Types that were flattened before, by name.
  private let flattened = Locked<[String: Shape]>([:])

  private struct Operation: Sendable {
    let method: String
    let segments: [String]
    let responses: [String: JSONDocument]
  }

  /// The checker over the description beside the checkout; `nil` where there is none.
  package static let shared: GraphConformance? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "shared/graph/graph-v1.0-subset.openapi.json")
    guard let data = try? Data(contentsOf: file),
      let document = JSONReader.read(Array(data))
    else { return nil }
    return GraphConformance(description: document)
  }()

  private init(description: JSONDocument) {
    self.description = description
    schemas = GraphSupplement.added(to: description["components"]?["schemas"]?.object ?? [:])
    let supplement = GraphSupplement.operations.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let content: JSONDocument =
        words.count > 3
        ? .object([
          "content": .object([
            "application/json": .object(["schema": GraphSupplement.reference(words[3])])
          ])
        ]) : .object([:])
      return Operation(
        method: String(words[0]),
        segments: Self.segments(String(words[1])),
        responses: [String(words[2]): content]
      )
    }
    let declared = (description["paths"]?.object ?? [:]).flatMap { path, item in
      (item.object ?? [:]).map { method, operation in
        Operation(
          method: method.uppercased(),
          segments: Self.segments(path),
          responses: operation["responses"]?.object ?? [:]
        )
      }
    }
    operations = Dictionary(grouping: declared + supplement) { Self.place($0.method, $0.segments) }
  }

  private static func place(_ method: String, _ segments: [String]) -> String {
    "\(method) \(segments.count) \(segments.first ?? "")"
  }

  /// Lists what a reply to a call of Graph has that the description does not allow.
  ///
  /// `target` is path and query below the version; the items of a batch are held to their own
  /// operations, for which the request's body is needed.
  package func violations(
    method: String,
    target: String,
    requestBody: [UInt8],
    status: Int,
    body: [UInt8]
  ) -> [String] {
    let value = body.isEmpty ? nil : Self.parse(body)
    var found = violations(method, target, status, hasBody: !body.isEmpty, value)
    if target.hasPrefix("/$batch"), status == 200, let value {
      found += batch(value, Self.parse(requestBody))
    }
    return found
  }

  private static func parse(_ bytes: [UInt8]) -> JSONDocument? { JSONReader.read(bytes) }

  private func violations(
    _ method: String,
    _ target: String,
    _ status: Int,
    hasBody: Bool,
    _ value: JSONDocument?
  ) -> [String] {
    let path = String(target.prefix { $0 != "?" })
    guard let schema = schema(method, path, status) else {
      return status >= 400 ? errors(value) : ["no operation \(method) \(path) → \(status)"]
    }
    if path.hasSuffix("$count"), status < 400 { return [] }
    guard case .some(let schema) = schema else {
      return hasBody ? ["a body where none belongs"] : []
    }
    guard let value else { return ["the body is not JSON"] }
    return check(value, schema, at: "$")
  }

  private func errors(_ value: JSONDocument?) -> [String] {
    guard let value else { return ["the error is not JSON"] }
    let name = "microsoft.graph.ODataErrors.ODataError"
    return check(value, .object(["$ref": .string("#/components/schemas/\(name)")]), at: "$")
  }

  private func batch(_ reply: JSONDocument, _ request: JSONDocument?) -> [String] {
    var items: [String: JSONDocument] = [:]
    for item in request?["requests"]?.array ?? [] { items[item["id"]?.string ?? ""] = item }
    return (reply["responses"]?.array ?? []).flatMap { response -> [String] in
      guard let item = items[response["id"]?.string ?? ""], let method = item["method"]?.string,
        let url = item["url"]?.string, case .number(let status)? = response["status"]
      else { return ["a batch's answer to no item of it"] }
      return violations(
        method.uppercased(),
        url.hasPrefix("/") ? url : "/" + url,
        Int(status),
        hasBody: response["body"] != nil,
        response["body"]
      ).map { "batch item \(url): \($0)" }
    }
  }

  /// The schema of a reply: `.some(nil)` for one without content, `nil` for an unknown operation.
  private func schema(_ method: String, _ path: String, _ status: Int) -> JSONDocument?? {
    let segments = Self.segments(path)
    let candidates = (operations[Self.place(method, segments)] ?? []).filter { operation in
      zip(operation.segments, segments).allSatisfy { $0 == "{}" || $0 == $1 }
    }
    // Of several templates the one with the fewest placeholders is meant.
    let best = candidates.min { left, right in
      left.segments.count { $0 == "{}" } < right.segments.count { $0 == "{}" }
    }
    guard let best else { return nil }
    if status >= 400 {
      let name = "microsoft.graph.ODataErrors.ODataError"
      return .some(.object(["$ref": .string("#/components/schemas/\(name)")]))
    }
    guard let response = best.responses[String(status)] else { return nil }
    return .some(response["content"]?.object?.values.first?["schema"])
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Splits a path; keys in parentheses are in a segment of their own, as do their placeholders.
  private static func segments(_ path: String) -> [String] {
    path.split(separator: "/").flatMap { part -> [String] in
      let segment = decoded(part)
      let name = segment.replacing("microsoft.graph.", with: "graph.")
      if name.hasPrefix("{") { return ["{}"] }
      if name == "graph.delta" || name == "graph.delta()" { return ["delta"] }
      guard let open = name.firstIndex(of: "("), name.hasSuffix(")") else { return [String(name)] }
      let inner = name[name.index(after: open)...].dropLast()
      return inner.isEmpty ? [String(name[..<open])] : [String(name[..<open]), "{}"]
    }
  }
}

extension GraphConformance {
  /// A type with everything that it inherits.
  fileprivate struct Shape: Sendable {
    var properties: [String: JSONDocument] = [:]
    var required: [String] = []
    var open: JSONDocument?
    var discriminator: [String: JSONDocument] = [:]
    var scalar: JSONDocument?
  }

  // The description is not recursive without values that are, and those are finite.
  private func shape(_ schema: JSONDocument) -> Shape {
    if let reference = schema["$ref"]?.string {
      let name = String(reference.split(separator: "/").last ?? "")
      if let known = flattened.withLock({ $0[name] }) { return known }
      let made = schemas[name].map { shape($0) } ?? Shape()
      flattened.withLock { $0[name] = made }
      return made
    }
    var result = Shape()
    for part in schema["allOf"]?.array ?? [] {
      let inner = shape(part)
      result.properties.merge(inner.properties) { _, new in new }
      result.required += inner.required
      result.open = inner.open ?? result.open
      result.scalar = inner.scalar ?? result.scalar
      if !inner.discriminator.isEmpty { result.discriminator = inner.discriminator }
    }
    result.properties.merge(schema["properties"]?.object ?? [:]) { _, new in new }
    result.required += (schema["required"]?.array ?? []).compactMap(\.string)
    let mapping = schema["x-ms-discriminator"]?["mapping"]?.object ?? [:]
    if !mapping.isEmpty { result.discriminator = mapping }
    if let more = schema["additionalProperties"], more.object != nil { result.open = more }
    if schema["title"]?.string == "customSecurityAttributeValue" { result.open = .object([:]) }
    if schema["type"]?.string != nil, schema["type"]?.string != "object" { result.scalar = schema }
    return result
  }

  fileprivate func check(
    _ value: JSONDocument,
    _ schema: JSONDocument,
    at place: String
  ) -> [String] {
    if case .null = value {
      return schema["nullable"] == .bool(true) ? [] : ["\(place): null is not allowed"]
    }
    if schema.object?.isEmpty == true { return [] }
    var shape = shape(schema)
    if let scalar = shape.scalar { return checkScalar(value, scalar, at: place) }
    guard let members = value.object else {
      return ["\(place): an object was expected"]
    }
    if let name = members["@odata.type"]?.string, !shape.discriminator.isEmpty {
      guard let actual = shape.discriminator[name]?.string else {
        return ["\(place): the type \(name) does not belong here"]
      }
      shape = self.shape(.object(["$ref": .string(actual)]))
    }
    var found = shape.required.filter { members[$0] == nil }.map { "\(place).\($0): is missing" }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      if let property = shape.properties[name] {
        found += check(member, property, at: "\(place).\(name)")
      } else if let open = shape.open {
        found += check(member, open, at: "\(place).\(name)")
      } else if !["@odata.context", "@odata.type", "@odata.id"].contains(name) {
        found.append("\(place).\(name): is no property of this type")
      }
    }
    return found
  }

  private func checkScalar(
    _ value: JSONDocument,
    _ schema: JSONDocument,
    at place: String
  ) -> [String] {
    switch (schema["type"]?.string, value) {
    case ("array", .array(let elements)):
      return elements.enumerated().flatMap { index, element in
        check(element, schema["items"] ?? .object([:]), at: "\(place)[\(index)]")
      }
    case ("boolean", .bool), ("number", .number): return []
    case ("integer", .number(let number)):
      return number == number.rounded() ? [] : ["\(place): is no integer"]
    case ("string", .string(let text)): return checkText(text, schema, at: place)
    default: return ["\(place): is of another kind than \(schema["type"]?.string ?? "declared")"]
    }
  }

  private func checkText(_ text: String, _ schema: JSONDocument, at place: String) -> [String] {
    if let cases = schema["enum"]?.array, !cases.contains(.string(text)) {
      return ["\(place): `\(text)` is none of the values"]
    }
    let isRight =
      switch schema["format"]?.string {
      case "uuid": Self.isGUID(text)
      case "date-time": Self.isMoment(text)
      case "date": text.utf8.count == 10 && Self.isMoment(text + "T00:00:00Z")
      default: true
      }
    return isRight ? [] : ["\(place): `\(text)` is no \(schema["format"]?.string ?? "text")"]
  }

  private static func isGUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
  }

  /// What the description's pattern allows: `2026-11-20T12:00:00.123Z`, or with an offset.
  private static func isMoment(_ text: String) -> Bool {
    let shape = "0000-00-00T00:00:00"
    guard text.utf8.count > shape.utf8.count else { return false }
    let head = zip(text.utf8, shape.utf8).allSatisfy { byte, model in
      model == 0x30 ? (0x30...0x39).contains(byte) : byte == model
    }
    var rest = text.dropFirst(shape.count)
    if rest.first == "." { rest = rest.dropFirst().drop { $0.isNumber } }
    let zone = rest.split(separator: ":")
    return head
      && (rest == "Z" || (rest.count == 6 && zone.count == 2 && "+-".contains(rest.prefix(1))))
  }
}
