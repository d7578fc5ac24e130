/// Which application permissions open which operation of Graph.
package enum OperationPermissions {
  /// Finds what an operation asks for.
  ///
  /// `segments` are those of the path below the version, keys in a segment of their own whichever
  /// way the client wrote them: `users`, `ana@fabrikam.example`, `sponsors`, `$ref`. A cast may be
  /// `graph.user` or `microsoft.graph.user`, a function `delta` or `delta()`.
  ///
  /// Returns `nil` for what is no operation of the description; there is nothing to open then.
  package static func accepted(method: String, segments: [String]) -> AcceptedPermissions? {
    var node = tree
    for segment in segments {
      guard let next = node.child(spelling(of: segment)) else { return nil }
      node = next
    }
    return node.methods[method]
  }

  /// Finds what a change of a user asks for: the narrow permissions suffice where the body names
  /// nothing but their own properties (FACTS section 2.5).
  package static func accepted(
    forChangingUser properties: some Collection<String>
  ) -> AcceptedPermissions {
    let narrow = PermissionTable.userProperties.filter { Set(properties).isSubset(of: $0.names) }
    let wide: [Set<GraphPermission>] = [["User.ReadWrite.All"], ["Directory.ReadWrite.All"]]
    return AcceptedPermissions(combinations: wide + narrow.map(\.combination))
  }

  /// What an invitation with `resetRedemption` asks for (FACTS section 1.2).
  package static let resetRedemption = AcceptedPermissions(anyOf: ["User.ReadWrite.All"])

  /// Every permission that some operation accepts.
  package static let all: Set<GraphPermission> = Set(
    PermissionTable.rows.flatMap { row in row.combinations.flatMap { $0 } }
      + PermissionTable.userProperties.flatMap(\.combination)
  )

  /// The operations of the table, as method and template with `{}` for keys.
  package static var operations: [String] {
    PermissionTable.rows.flatMap(\.operations).sorted()
  }

  private static func spelling(of segment: String) -> String {
    var name = segment.lowercased()[...]
    if name.hasPrefix("microsoft.graph.") { name = name.dropFirst("microsoft.".count) }
    if name.hasSuffix("()") { name = name.dropLast(2) }
    return String(name)
  }

  private static let tree: Node = {
    var root = Node()
    for row in PermissionTable.rows {
      let accepted = AcceptedPermissions(combinations: row.combinations)
      for operation in row.operations {
        let parts = operation.split(separator: " ", maxSplits: 1)
        let segments = parts[1].split(separator: "/").map { String($0).lowercased() }
        root.insert(accepted, method: String(parts[0]), at: segments[...])
      }
    }
    return root
  }()

  /// A segment of the templates, and what may follow it.
  private struct Node {
    var methods: [String: AcceptedPermissions] = [:]
    private var children: [String: Node] = [:]

    func child(_ segment: String) -> Node? { children[segment] ?? children["{}"] }

    // Recursion as deep as the longest template, which is ours.
    mutating func insert(
      _ accepted: AcceptedPermissions,
      method: String,
      at segments: ArraySlice<String>
    ) {
      guard let first = segments.first else {
        methods[method] = accepted
        return
      }
      children[first, default: Node()].insert(
        accepted,
        method: method,
        at: segments.dropFirst()
      )
    }
  }
}
