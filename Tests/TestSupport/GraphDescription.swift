/// What the API description declares, for the tables that were made from it.
extension GraphConformance {
  /// An operation with what the tables say of it.
  package struct Declared: Hashable, Sendable {
    /// Such as `GET /users/{} 200 1 0`: method, template, success, resource units, writes.
    package let line: String
    package let isDocumented: Bool

    package var method: Substring { line.prefix { $0 != " " } }
    package var template: Substring { line.split(separator: " ")[1] }
  }

  package var declaredOperations: [Declared] {
    (description["paths"]?.object ?? [:]).flatMap { path, item in
      (item.object ?? [:]).compactMap { method, operation -> Declared? in
        guard let responses = operation["responses"]?.object,
          let success = responses.keys.first(where: { $0.hasPrefix("2") })
        else { return nil }
        let cost = operation["x-throttle-cost"]
        let template = path.replacing(#/\{[^}]*\}/#, with: "{}")
        return Declared(
          line:
            "\(method.uppercased()) \(template) \(success) \(Self.number(cost, "baseResourceUnits"))"
            + " \(Self.number(cost, "write"))",
          isDocumented: operation["x-documented"] == .bool(true)
        )
      }
    }
  }

  private static func number(_ value: JSONDocument?, _ name: String) -> Int {
    guard case .number(let number)? = value?[name] else { return 0 }
    return Int(number)
  }

  /// The properties of each type, in the notation `name:*kind?!>` of the emulator's tables.
  package var declaredTypes: [String: Set<String>] {
    var types: [String: Set<String>] = [:]
    for (name, schema) in schemas {
      guard name.hasPrefix("microsoft.graph."), !name.hasSuffix("CollectionResponse"),
        !name.contains("ODataErrors"), schema["enum"] == nil, schema["x-enum-values"] == nil
      else { continue }
      var own: Set<String> = []
      for part in schema["allOf"]?.array ?? [schema] {
        for (property, value) in part["properties"]?.object ?? [:] where property != "@odata.type" {
          own.insert("\(property):\(Self.notation(value))")
        }
      }
      types[String(name.dropFirst("microsoft.graph.".count))] = own
    }
    return types
  }

  private static func notation(_ schema: JSONDocument) -> String {
    var text = kind(schema)
    if schema["nullable"] == .bool(true) { text += "?" }
    if schema["x-doc-read-only"] == .bool(true) { text += "!" }
    if schema["x-ms-navigationProperty"] == .bool(true) { text += ">" }
    return text
  }

  private static func kind(_ schema: JSONDocument) -> String {
    let reference = schema["$ref"]?.string ?? schema["allOf"]?.array?.first?["$ref"]?.string
    if let name = reference?.split(separator: "/").last {
      return String(name.dropFirst("microsoft.graph.".count))
    }
    if let items = schema["items"] { return "*" + kind(items) }
    let format = schema["format"]?.string
    switch (schema["type"]?.string, format) {
    case ("boolean", _): return "b"
    case ("integer", "int64"): return "l"
    case ("integer", _): return "i"
    case ("number", _): return "n"
    case ("object", _): return "o"
    case (_, "date-time"): return "d"
    case (_, "uuid"): return "g"
    case (_, "date"): return "D"
    case (_, "duration"): return "P"
    case (_, "base64url"): return "B"
    default: return "s"
    }
  }
}
