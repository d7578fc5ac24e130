/// A type of Graph with everything that it inherits.
final class GraphType: Sendable {
  /// The name without the namespace, such as `user`.
  let name: String
  let base: String?
  /// By name, what is inherited included; the place in this list is a property's number.
  let properties: [GraphProperty]
  /// The names that an enumeration allows; nil where the type is none.
  let cases: [String]?
  /// For each property its name as JSON writes it before a value: `"name":`.
  let labels: [[UInt8]]
  private let numbers: [String: Int]

  init(name: String, base: String?, properties: [GraphProperty], cases: [String]?) {
    self.name = name
    self.base = base
    self.properties = properties
    self.cases = cases
    labels = properties.map { property in
      var label: [UInt8] = []
      label.appendJSON(property.name)
      label.append(0x3A)
      return label
    }
    numbers = Dictionary(
      properties.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Returns the number of a property; names compare exactly, as in Graph.
  func number(of property: String) -> Int? { numbers[property] }

  func property(_ name: String) -> GraphProperty? { numbers[name].map { properties[$0] } }
}
