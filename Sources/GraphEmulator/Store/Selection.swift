/// The properties that a reply shows, prepared for writing.
struct Selection: Sendable {
  let columns: [Column]

  struct Column: Sendable {
    let number: Int
    /// The name and the colon after it, ready to be written.
    let label: [UInt8]
    /// `"name":null` or `"name":[]` for an object without the property; nil leaves it out.
    let fallback: [UInt8]?
  }

  private init(columns: [Column]) { self.columns = columns }

  /// The same properties, absent ones left out.
  var withoutFallbacks: Selection {
    Selection(columns: columns.map { Column(number: $0.number, label: $0.label, fallback: nil) })
  }

  /// Only the properties of a set, and one more.
  func keeping(_ properties: PropertyMask, and other: Int?) -> Selection {
    Selection(columns: columns.filter { properties.contains($0.number) || $0.number == other })
  }

  /// Prepares the named properties of a type; navigation properties are not written by this.
  init(of type: GraphType, _ names: some Sequence<String>) {
    var numbers: Set<Int> = []
    for name in names {
      if let number = type.number(of: name), !type.properties[number].isNavigation {
        numbers.insert(number)
      }
    }
    columns = numbers.sorted().map { number in
      let property = type.properties[number]
      var label: [UInt8] = []
      label.appendJSON(property.name)
      label.append(0x3A)
      let fallback =
        property.isCollection
        ? label + Array("[]".utf8) : property.isNullable ? label + Array("null".utf8) : nil
      return Column(number: number, label: label, fallback: fallback)
    }
  }
}
