/// The kinds of directory objects that the emulator holds.
enum ObjectKind: UInt8, CaseIterable, Sendable {
  case user, group, servicePrincipal, application, contact, directoryRole

  var typeName: String {
    switch self {
    case .user: "user"
    case .group: "group"
    case .servicePrincipal: "servicePrincipal"
    case .application: "application"
    case .contact: "orgContact"
    case .directoryRole: "directoryRole"
    }
  }

  var type: GraphType { Self.types[Int(rawValue)] }

  /// The name as annotations carry it, such as `#microsoft.graph.user`.
  var annotation: String { "#microsoft.graph.\(typeName)" }

  /// The annotation as a member of a JSON object, ready to be written.
  var annotationJSON: [UInt8] { Self.annotations[Int(rawValue)] }

  /// Finds the kind of `user`, `graph.user` or `#microsoft.graph.user`.
  init?(spelling: String) {
    var name = spelling[...]
    if name.hasPrefix("#") { name = name.dropFirst() }
    for prefix in ["microsoft.graph.", "graph."] where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
    }
    guard let kind = Self.allCases.first(where: { $0.typeName == name }) else { return nil }
    self = kind
  }

  private static let types = allCases.map { GraphTypes.known($0.typeName) }
  private static let annotations = allCases.map { kind in
    Array(#""@odata.type":"\#(kind.annotation)""#.utf8)
  }
}
