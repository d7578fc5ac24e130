/// Adds what every object of a tenant has and a scenario need not say.
struct ScenarioDefaults {
  let tenant: Tenant

  func complete(_ kind: ObjectKind, _ members: [JSONValue.Member]) -> [JSONValue.Member] {
    let body = JSONValue.object(members)
    let defaults: [(String, JSONValue)] =
      switch kind {
      case .user: user(body)
      case .group: group(body)
      case .servicePrincipal: servicePrincipal(body)
      case .application: [("createdDateTime", moment), ("signInAudience", "AzureADMyOrg")]
      case .contact, .directoryRole: []
      }
    let named = Set(members.map(\.name))
    let added = defaults.filter { !named.contains($0.0) }.map { JSONValue.Member($0.0, $0.1) }
    return kind == .servicePrincipal || kind == .application
      ? (members + added).map(withCompleteRoles) : members + added
  }

  private var moment: JSONValue { .string(tenant.now.text) }

  private func user(_ body: JSONValue) -> [(String, JSONValue)] {
    let mail = body["mail"]?.string
    let isGuest = body["userType"]?.string == "Guest"
    let local = (mail ?? body["id"]?.string ?? "user").replacing("@", with: "_")
    let name =
      body["userPrincipalName"]?.string
      ?? (isGuest
        ? "\(local)#EXT#@\(tenant.initialDomain)" : mail ?? "\(local)@\(tenant.initialDomain)")
    var defaults: [(String, JSONValue)] = [
      ("accountEnabled", true), ("createdDateTime", moment), ("userType", "Member"),
      ("userPrincipalName", .string(name)),
      ("mailNickname", .string(String(name.prefix { $0 != "@" }))),
      ("proxyAddresses", mail.map { [.string("SMTP:\($0)")] } ?? []),
    ]
    let host: JSONValue = [
      "signInType": "userPrincipalName", "issuer": .string(tenant.initialDomain),
      "issuerAssignedId": .string(name),
    ]
    guard isGuest, body["creationType"].map({ $0 == "Invitation" }) ?? true else {
      return defaults + [("identities", [host])]
    }
    let state = body["externalUserState"]?.string ?? "Accepted"
    let federated: JSONValue = [
      "signInType": "federated", "issuer": "ExternalAzureAD",
      "issuerAssignedId": .string(mail ?? name),
    ]
    defaults += [
      ("creationType", "Invitation"), ("externalUserState", .string(state)),
      ("externalUserStateChangeDateTime", body["createdDateTime"] ?? moment),
      ("otherMails", mail.map { [.string($0)] } ?? []),
      ("identities", state == "Accepted" ? [federated, host] : [host]),
    ]
    return defaults
  }

  private func group(_ body: JSONValue) -> [(String, JSONValue)] {
    let nickname = (body["displayName"]?.string ?? "group").filter { $0.isLetter || $0.isNumber }
    return [
      ("createdDateTime", moment), ("renewedDateTime", moment), ("securityEnabled", true),
      ("mailEnabled", false), ("mailNickname", .string(nickname.isEmpty ? "group" : nickname)),
      ("groupTypes", []),
    ]
  }

  private func servicePrincipal(_ body: JSONValue) -> [(String, JSONValue)] {
    let appID = body["appId"] ?? .string(tenant.generator.objectID().text)
    return [
      ("accountEnabled", true), ("appId", appID), ("appRoleAssignmentRequired", false),
      ("servicePrincipalType", "Application"), ("servicePrincipalNames", [appID]),
      ("appDisplayName", body["displayName"] ?? .null), ("signInAudience", "AzureADMyOrg"),
      ("appOwnerOrganizationId", .string(tenant.id.text)),
      ("tags", ["WindowsAzureActiveDirectoryIntegratedApp"]),
    ]
  }

  /// Gives each app role of a member `appRoles` the properties that every role has.
  private func withCompleteRoles(_ member: JSONValue.Member) -> JSONValue.Member {
    guard member.name == "appRoles", let roles = member.value.array else { return member }
    return .init(
      "appRoles",
      .array(
        roles.map { role in
          guard let members = role.members else { return role }
          let defaults: [(String, JSONValue)] = [
            ("allowedMemberTypes", ["User"]), ("isEnabled", true), ("origin", "Application"),
            ("displayName", role["value"] ?? .null), ("description", role["value"] ?? .null),
          ]
          let named = Set(members.map(\.name))
          return .object(
            members
              + defaults.filter { !named.contains($0.0) }.map { JSONValue.Member($0.0, $0.1) }
          )
        }
      )
    )
  }
}
