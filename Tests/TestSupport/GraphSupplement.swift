/// What Microsoft documents of Graph v1.0 and the API description beside the checkout leaves out.
enum GraphSupplement {
  /// Method, path, status of success, and the schema of its reply where it has one.
  static let operations = """
    GET /directoryObjects/{id} 200 microsoft.graph.directoryObject
    DELETE /directoryObjects/{id} 204
    GET /groups/{id}/owners 200 microsoft.graph.directoryObjectCollectionResponse
    GET /groups/{id}/owners/$ref 200 StringCollectionResponse
    POST /groups/{id}/owners/$ref 204
    DELETE /groups/{id}/owners/{id}/$ref 204
    GET /groups/{id}/memberOf 200 microsoft.graph.directoryObjectCollectionResponse
    GET /groups/{id}/memberOf/graph.group 200 microsoft.graph.groupCollectionResponse
    GET /groups/{id}/transitiveMemberOf 200 microsoft.graph.directoryObjectCollectionResponse
    GET /groups/{id}/transitiveMemberOf/graph.group 200 microsoft.graph.groupCollectionResponse
    GET /groups/{id}/members/$count 200 StringCollectionResponse
    GET /groups/{id}/members/graph.group 200 microsoft.graph.groupCollectionResponse
    GET /groups/{id}/members/graph.servicePrincipal 200 microsoft.graph.servicePrincipalCollectionResponse
    GET /groups/{id}/transitiveMembers/$count 200 StringCollectionResponse
    GET /applications/{id}/owners 200 microsoft.graph.directoryObjectCollectionResponse
    GET /applications/{id}/owners/$ref 200 StringCollectionResponse
    POST /applications/{id}/owners/$ref 204
    DELETE /applications/{id}/owners/{id}/$ref 204
    GET /servicePrincipals/{id}/owners/$ref 200 StringCollectionResponse
    POST /servicePrincipals/{id}/owners/$ref 204
    DELETE /servicePrincipals/{id}/owners/{id}/$ref 204
    GET /servicePrincipals/{id}/memberOf 200 microsoft.graph.directoryObjectCollectionResponse
    GET /servicePrincipals/{id}/memberOf/graph.group 200 microsoft.graph.groupCollectionResponse
    GET /servicePrincipals/{id}/transitiveMemberOf 200 microsoft.graph.directoryObjectCollectionResponse
    GET /servicePrincipals/{id}/transitiveMemberOf/graph.group 200 microsoft.graph.groupCollectionResponse
    GET /servicePrincipals/{id}/ownedObjects 200 microsoft.graph.directoryObjectCollectionResponse
    GET /servicePrincipals/{id}/oauth2PermissionGrants 200 microsoft.graph.oAuth2PermissionGrantCollectionResponse
    GET /users/{id}/manager 200 microsoft.graph.directoryObject
    PUT /users/{id}/manager/$ref 204
    DELETE /users/{id}/manager/$ref 204
    GET /users/{id}/directReports 200 microsoft.graph.directoryObjectCollectionResponse
    GET /oauth2PermissionGrants 200 microsoft.graph.oAuth2PermissionGrantCollectionResponse
    POST /oauth2PermissionGrants 201 microsoft.graph.oAuth2PermissionGrant
    GET /oauth2PermissionGrants/{id} 200 microsoft.graph.oAuth2PermissionGrant
    PATCH /oauth2PermissionGrants/{id} 204
    DELETE /oauth2PermissionGrants/{id} 204
    """ + membershipActions

  private static let membershipActions = [
    "directoryObjects", "users", "groups", "servicePrincipals",
  ]
  .flatMap { set in
    ["checkMemberGroups", "checkMemberObjects", "getMemberGroups", "getMemberObjects"].map {
      "\nPOST /\(set)/{id}/\($0) 200 StringCollectionResponse"
    }
  }
  .joined()

  /// A type and its properties, in the notation `name:*kind?!>` of the emulator's tables.
  static let types = """
    ODataErrors.InnerError code:s? message:s? status:s?
    accessPackage resourceRoleScopes:*accessPackageResourceRoleScope>
    accessPackageResource createdDateTime:d? description:s? displayName:s? modifiedDateTime:d? originId:s? originSystem:s?
    accessPackageResourceRole description:s? displayName:s? originId:s? originSystem:s? resource:accessPackageResource?>
    accessPackageResourceRoleScope createdDateTime:d? role:accessPackageResourceRole?> scope:accessPackageResourceScope?>
    accessPackageResourceScope description:s? displayName:s? isRootScope:b? originId:s? originSystem:s? resource:accessPackageResource?>
    """

  /// Adds the types to the schemas of the description.
  static func added(to schemas: [String: JSONDocument]) -> [String: JSONDocument] {
    var schemas = schemas
    for line in types.split(separator: "\n") {
      let words = line.split(separator: " ")
      let name = "microsoft.graph.\(words[0])"
      var properties: [String: JSONDocument] = [:]
      for word in words.dropFirst() {
        let parts = word.split(separator: ":", maxSplits: 1)
        properties[String(parts[0])] = schema(parts[1])
      }
      let own = JSONDocument.object(["properties": .object(properties)])
      let others =
        schemas[name]?["allOf"]?.array ?? [schemas[name] ?? reference("microsoft.graph.entity")]
      schemas[name] = .object(["allOf": .array(others + [own])])
    }
    return schemas
  }

  static func reference(_ name: some StringProtocol) -> JSONDocument {
    .object(["$ref": .string("#/components/schemas/\(name)")])
  }

  private static func schema(_ notation: Substring) -> JSONDocument {
    let kind = notation.drop { $0 == "*" }.prefix { !"?!>".contains($0) }
    var one: [String: JSONDocument] =
      switch kind {
      case "s": ["type": .string("string")]
      case "b": ["type": .string("boolean")]
      case "d": ["type": .string("string"), "format": .string("date-time")]
      default: reference("microsoft.graph.\(kind)").object ?? [:]
      }
    if notation.first == "*" { one = ["type": .string("array"), "items": .object(one)] }
    if notation.contains("?") { one["nullable"] = .bool(true) }
    if notation.contains("!") { one["x-doc-read-only"] = .bool(true) }
    if notation.contains(">") { one["x-ms-navigationProperty"] = .bool(true) }
    return .object(one)
  }
}
