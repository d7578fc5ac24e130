/// The properties that a reply shows, prepared for writing.
struct Selection: Sendable {
  let columns: [Column]
  let mask: PropertyMask

  struct Column: Sendable {
    let number: Int
    /// `"name":null,` or `"name":[],` for an object without the property; empty leaves it out.
    let fallback: [UInt8]
  }

  private init(columns: [Column]) {
    self.columns = columns
    mask = PropertyMask(columns.map(\.number))
  }

  /// Prepares the named properties of a type; navigation properties are not written by this.
  init(of type: GraphType, _ names: some Sequence<String>) {
    var numbers: Set<Int> = []
    for name in names {
      if let number = type.number(of: name), !type.properties[number].isNavigation {
        numbers.insert(number)
      }
    }
    self.init(
      columns: numbers.sorted().map { number in
        let property = type.properties[number]
        let absent = property.isCollection ? "[]," : property.isNullable ? "null," : nil
        return Column(
          number: number,
          fallback: absent.map { type.labels[number] + Array($0.utf8) } ?? []
        )
      }
    )
  }

  /// The same properties, absent ones left out.
  var withoutFallbacks: Selection {
    Selection(columns: columns.map { Column(number: $0.number, fallback: []) })
  }

  /// Only the properties of a set, and one more.
  func keeping(_ properties: PropertyMask, and other: Int?) -> Selection {
    Selection(columns: columns.filter { properties.contains($0.number) || $0.number == other })
  }
}
