/// Users: list, read, create, change, delete, revoke sessions, sponsors, managers.
enum Users {
  static let traits = ObjectKind.Traits(
    path: "users",
    directoryName: "User",
    auditName: "user",
    auditCategory: "UserManagement",
    shown: [
      "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone",
      "officeLocation", "preferredLanguage", "surname", "userPrincipalName",
    ],
    indexed: ["mail", "userPrincipalName", "otherMails", "proxyAddresses", "identities"],
    unfiltered: [
      "aboutMe", "birthday", "deviceEnrollmentLimit", "hireDate", "interests", "mySite",
      "pastProjects", "preferredDataLocation", "preferredName", "responsibilities", "schools",
      "skills", "showInAddressList", "lastPasswordChangeDateTime", "onPremisesDistinguishedName",
      "onPremisesDomainName", "isResourceAccount", "legalAgeGroupClassification",
      "signInSessionsValidFromDateTime",
    ],
    alternateKeys: ["userPrincipalName"],
    complete: complete
  )

  private static let reading: AcceptedPermissions =
    "User.Read.All | User.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All"
  private static let listing: AcceptedPermissions = """
    User.ReadBasic.All | User.Read.All | User.ReadWrite.All | User.ReadWrite.CrossCloud
    | Directory.Read.All | Directory.ReadWrite.All
    """
  private static let writing: AcceptedPermissions = "User.ReadWrite.All | Directory.ReadWrite.All"
  /// Whatever the body is; `permissions(forChanging:)` looks at it.
  private static let changing: AcceptedPermissions = """
    User.ReadWrite.All | User.ReadWrite.CrossCloud | User.EnableDisableAccount.All
    | User-Mail.ReadWrite.All | User-PasswordProfile.ReadWrite.All | User-Phone.ReadWrite.All
    | User.ManageIdentities.All | Directory.ReadWrite.All
    """
  static let deleting: AcceptedPermissions =
    "User.DeleteRestore.All | User.ReadWrite.All | User.ReadWrite.CrossCloud"
  private static let revoking: AcceptedPermissions =
    "User.RevokeSessions.All | User.ReadWrite.All | Directory.ReadWrite.All"
  private static let readingSponsors: AcceptedPermissions = "User.Read.All | User.ReadWrite.All"

  private static let objects = ObjectOperations(kind: .user)

  static let operations = [
    Operation("GET /users", units: 2, listing) { call, tenant in
      try requireReadable(call, tenant)
      var list = List.all(.user, in: tenant)
      // FACTS section 2.2: pages with the last sign-in are small.
      if call.query.selects("signInActivity") { list.silentMaximum = 120 }
      return try call.page(list, tenant)
    },
    objects.count(listing),
    Operation("GET /users/{}", listing) { call, tenant in
      try requireReadable(call, tenant)
      return try call.object(call.object(.user, in: tenant), tenant)
    },
    objects.create(
      writing,
      required: [
        "accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName",
      ]
    ) { body, tenant in
      try check(body, nil, tenant)
      return [
        "createdDateTime": tenant.moment, "userType": "Member",
        "securityIdentifier": tenant.securityIdentifier(),
      ]
    },
    Operation("PATCH /users/{}", changing, change),
    objects.delete(deleting),
    Operation("POST /users/{}/revokeSignInSessions", revoking) { call, tenant in
      let user = try call.object(.user, in: tenant)
      tenant.update(user.id, ["signInSessionsValidFromDateTime": tenant.moment])
      tenant.audit(call, "Update StsRefreshTokenValidFrom Timestamp", .user, "Update", [user.id])
      // FACTS section 2.4: the page says 204, the service answers 200 with a Boolean.
      return Reply(200, ["@odata.context": .string(call.metadata + "Edm.Boolean"), "value": true])
    },

    Operation("GET /users/{}/sponsors", readingSponsors) { call, tenant in
      let user = try call.object(.user, in: tenant)
      return try call.page(.related(tenant.sponsors, of: user.id, in: tenant), tenant)
    },
    Operation("GET /users/{}/sponsors/$ref", readingSponsors) { call, tenant in
      let user = try call.object(.user, in: tenant)
      return try call.references(.related(tenant.sponsors, of: user.id, in: tenant), tenant)
    },
    Operation("POST /users/{}/sponsors/$ref", writing) { call, tenant in
      let user = try call.object(.user, in: tenant)
      let sponsor = try call.referenced(in: tenant)
      guard [.user, .group].contains(sponsor.kind) else {
        throw GraphFailure.invalidReference("sponsors")
      }
      guard !tenant.sponsors.contains(user.id, sponsor.id) else {
        throw GraphFailure.duplicateReference("sponsors")
      }
      guard tenant.sponsors.rights(of: user.id).count < Invitations.sponsorLimit else {
        throw GraphFailure.tooManySponsors
      }
      tenant.sponsors.insert(user.id, sponsor.id)
      tenant.audit(call, "Add sponsor", .user, "Update", [user.id])
      return .noContent
    },
    Operation("DELETE /users/{}/sponsors/{}/$ref", writing) { call, tenant in
      let user = try call.object(.user, in: tenant)
      let sponsor = try call.anyObject(1, in: tenant)
      guard tenant.sponsors.remove(user.id, sponsor.id) else {
        throw GraphFailure.notFound(sponsor.id)
      }
      tenant.audit(call, "Remove sponsor", .user, "Update", [user.id])
      return .noContent
    },
    Operation("DELETE /users/{}/sponsors/$ref", writing) { call, tenant in
      _ = try call.object(.user, in: tenant)
      throw GraphFailure.badRequest(
        "The query parameter '@id' is required to remove a reference."
      )
    },

    Operation("GET /users/{}/manager", reading) { call, tenant in
      let user = try call.object(.user, in: tenant)
      guard let manager = tenant.managers.rights(of: user.id).compactMap({ tenant.live($0) }).first
      else {
        throw GraphFailure(
          404,
          "Request_ResourceNotFound",
          "Resource 'manager' does not exist or one of its queried reference-property objects are "
            + "not present."
        )
      }
      return try call.item(Item(manager), .found([], in: tenant), tenant)
    },
    Operation("PUT /users/{}/manager/$ref", writing) { call, tenant in
      let user = try call.object(.user, in: tenant)
      let manager = try call.referenced(in: tenant)
      guard [.user, .contact].contains(manager.kind), manager.id != user.id else {
        throw GraphFailure.invalidReference("manager")
      }
      for former in tenant.managers.rights(of: user.id) { tenant.managers.remove(user.id, former) }
      tenant.managers.insert(user.id, manager.id)
      tenant.audit(call, "Set user manager", .user, "Update", [user.id])
      return .noContent
    },
    Operation("DELETE /users/{}/manager/$ref", writing) { call, tenant in
      let user = try call.object(.user, in: tenant)
      for former in tenant.managers.rights(of: user.id) { tenant.managers.remove(user.id, former) }
      tenant.audit(call, "Remove user manager", .user, "Update", [user.id])
      return .noContent
    },
    Operation("GET /users/{}/directReports", reading) { call, tenant in
      let user = try call.object(.user, in: tenant)
      return try call.page(.found(tenant.managers.lefts(of: user.id), in: tenant), tenant)
    },
  ]

  /// What `User.ReadBasic.All` alone lets an application see.
  private static let basic: Set<String> = [
    "displayName", "givenName", "id", "mail", "surname", "userPrincipalName",
  ]

  /// - Throws: 403 where the caller's permissions do not reach as far as the selected properties.
  private static func requireReadable(_ call: Call, _ tenant: Tenant) throws {
    let held = call.caller.permissions
    if call.query.selects("signInActivity") {
      guard held.contains("AuditLog.Read.All") else { throw GraphFailure.denied }
      guard tenant.restrictions.isPremium else { throw GraphFailure.notPremium }
    }
    guard
      held.contains("User.ReadWrite.CrossCloud") || reading.admit(held)
        || call.query.select.map({ basic.isSuperset(of: $0) }) ?? true
    else { throw GraphFailure.denied }
  }

  private static func change(_ call: Call, _ tenant: inout Tenant) throws -> Reply {
    let user = try call.object(.user, in: tenant)
    let body = try call.readBody()
    let names = body.members.keys
    guard permissions(forChanging: names).admit(call.caller.permissions) else {
      throw GraphFailure.denied
    }
    _ = try body.values(of: ObjectKind.user.type)
    if !sensitive.isDisjoint(with: names) { try tenant.requireUnprivileged(user) }
    try check(body, user, tenant)
    let addresses = body.text("mail").map { ["proxyAddresses": user.proxyAddresses(first: $0)] }
    try tenant.change(user, body, call, addresses ?? [:])
    return .noContent
  }

  /// FACTS section 2.4: what an application may not change on holders of directory roles.
  private static let sensitive: Set<String> = [
    "accountEnabled", "businessPhones", "mobilePhone", "onPremisesImmutableId", "otherMails",
    "passwordProfile", "userPrincipalName",
  ]

  /// The permissions that let an application change only some properties of a user.
  static let narrowPermissions: [(names: Set<String>, combination: Set<GraphPermission>)] = [
    (["accountEnabled"], ["User.EnableDisableAccount.All", "User.Read.All"]),
    (["otherMails", "mail"], ["User-Mail.ReadWrite.All"]),
    (["passwordProfile"], ["User-PasswordProfile.ReadWrite.All"]),
    (["businessPhones", "mobilePhone", "faxNumber"], ["User-Phone.ReadWrite.All"]),
    (["identities"], ["User.ManageIdentities.All"]),
  ]

  /// What a change of a user asks for: the narrow permissions suffice where the body names nothing
  /// but their own properties (FACTS section 2.5).
  static func permissions(forChanging properties: some Collection<String>) -> AcceptedPermissions {
    let narrow = narrowPermissions.filter { Set(properties).isSubset(of: $0.names) }
    return AcceptedPermissions(
      combinations: writing.combinations + narrow.map(\.combination)
    )
  }

  /// - Throws: 400 for names of no domain of the tenant, for names and addresses that are taken,
  ///   and for values that the type alone does not rule out.
  private static func check(
    _ body: RequestBody,
    _ user: DirectoryObject?,
    _ tenant: Tenant
  ) throws {
    if let name = body.text("userPrincipalName") {
      let parts = name.split(separator: "@", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty,
        tenant.verifiedDomains.contains(parts[1].lowercased())
      else {
        throw GraphFailure.badRequest(
          "The domain portion of the userPrincipalName property is invalid. You must use one of "
            + "the verified domain names in your organization."
        )
      }
      guard !tenant.holds(.user, "userPrincipalName", name, but: user?.id) else {
        throw GraphFailure.taken("userPrincipalName")
      }
    }
    if let mail = body.text("mail"), user != nil,
      tenant.addressHolders(mail).contains(where: { $0.id != user?.id })
    {
      throw GraphFailure.taken("proxyAddresses")
    }
    if let mails = body["otherMails"]?.array {
      guard mails.count <= 250, mails.allSatisfy({ ($0.string?.count ?? 0) <= 250 }) else {
        throw GraphFailure.invalidValue("otherMails")
      }
    }
    if let kind = body.text("userType"), !["Member", "Guest"].contains(kind) {
      throw GraphFailure.invalidValue("userType")
    }
  }

  @Sendable private static func complete(
    _ given: JSONValue,
    _ tenant: inout Tenant
  ) -> [String: JSONValue] {
    let mail = given["mail"]?.string
    let isGuest = given["userType"]?.string == "Guest"
    let local = (mail ?? given["id"]?.string ?? "user").replacing("@", with: "_")
    let name =
      given["userPrincipalName"]?.string
      ?? (isGuest
        ? "\(local)#EXT#@\(tenant.initialDomain)" : mail ?? "\(local)@\(tenant.initialDomain)")
    let host = tenant.hostIdentity(name)
    var defaults: [String: JSONValue] = [
      "accountEnabled": true, "createdDateTime": tenant.moment, "userType": "Member",
      "userPrincipalName": .string(name),
      "mailNickname": .string(String(name.prefix { $0 != "@" })),
      "proxyAddresses": .array(mail.map { [.string("SMTP:\($0)")] } ?? []), "identities": [host],
    ]
    guard isGuest, given["creationType"].map({ $0 == "Invitation" }) ?? true else {
      return defaults
    }
    let state = given["externalUserState"]?.string ?? "Accepted"
    defaults["creationType"] = "Invitation"
    defaults["externalUserState"] = .string(state)
    defaults["externalUserStateChangeDateTime"] = given["createdDateTime"] ?? tenant.moment
    defaults["otherMails"] = .array(mail.map { [.string($0)] } ?? [])
    if state == "Accepted" {
      defaults["identities"] = [Tenant.outsideIdentity("ExternalAzureAD", mail ?? name), host]
    }
    return defaults
  }
}

extension Tenant {
  /// - Throws: 403 for anyone who holds a directory role.
  func requireUnprivileged(_ user: DirectoryObject) throws {
    guard roleMembers.lefts(of: user.id).isEmpty else { throw GraphFailure.denied }
  }
}

extension Users {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type user < directoryObject
      aboutMe:s? accountEnabled:b? ageGroup:s? appRoleAssignments:*appRoleAssignment>
      assignedLicenses:*assignedLicense assignedPlans:*assignedPlan!
      authorizationInfo:authorizationInfo? birthday:d businessPhones:*s city:s? companyName:s?
      consentProvidedForMinor:s? country:s? createdDateTime:d?! creationType:s?!
      customSecurityAttributes:customSecurityAttributeValue? department:s?
      deviceEnrollmentLimit:i displayName:s? employeeHireDate:d? employeeId:s?
      employeeLeaveDateTime:d? employeeOrgData:employeeOrgData? employeeType:s?
      externalUserState:s? externalUserStateChangeDateTime:d? faxNumber:s? givenName:s?
      hireDate:d identities:*objectIdentity identityParentId:s? imAddresses:*s! interests:*s
      isManagementRestricted:b?! isResourceAccount:b? jobTitle:s?
      lastPasswordChangeDateTime:d? legalAgeGroupClassification:s?
      licenseAssignmentStates:*licenseAssignmentState! mail:s? mailNickname:s?
      manager:directoryObject?> memberOf:*directoryObject> mobilePhone:s? mySite:s?
      oauth2PermissionGrants:*oAuth2PermissionGrant> officeLocation:s?
      onPremisesDistinguishedName:s?! onPremisesDomainName:s?!
      onPremisesExtensionAttributes:onPremisesExtensionAttributes? onPremisesImmutableId:s?
      onPremisesLastSyncDateTime:d?! onPremisesProvisioningErrors:*onPremisesProvisioningError
      onPremisesSamAccountName:s?! onPremisesSecurityIdentifier:s?! onPremisesSyncEnabled:b?!
      onPremisesUserPrincipalName:s?! otherMails:*s ownedObjects:*directoryObject>
      passwordPolicies:s? passwordProfile:passwordProfile? pastProjects:*s postalCode:s?
      preferredDataLocation:s? preferredLanguage:s? preferredName:s? print:userPrint?
      provisionedPlans:*provisionedPlan! proxyAddresses:*s responsibilities:*s schools:*s
      securityIdentifier:s?! serviceProvisioningErrors:*serviceProvisioningError
      showInAddressList:b? signInActivity:signInActivity?! signInSessionsValidFromDateTime:d?!
      skills:*s sponsorOf:*directoryObject> sponsors:*directoryObject> state:s?
      streetAddress:s? surname:s? transitiveMemberOf:*directoryObject> usageLocation:s?
      userPrincipalName:s? userType:s?
    type userPrint
    type employeeOrgData
      costCenter:s? division:s?
    type signInActivity
      lastNonInteractiveSignInDateTime:d? lastNonInteractiveSignInRequestId:s?
      lastSignInDateTime:d? lastSignInRequestId:s? lastSuccessfulSignInDateTime:d?
      lastSuccessfulSignInRequestId:s?
    type authorizationInfo
      certificateUserIds:*s
    type passwordProfile
      forceChangePasswordNextSignIn:b? forceChangePasswordNextSignInWithMfa:b? password:s?
    type objectIdentity
      issuer:s? issuerAssignedId:s? signInType:s?
    type licenseAssignmentState
      assignedByGroup:s? disabledPlans:*g error:s? lastUpdatedDateTime:d? skuId:g? state:s?
    type assignedPlan
      assignedDateTime:d? capabilityStatus:s? service:s? servicePlanId:g?
    type provisionedPlan
      capabilityStatus:s? provisioningStatus:s? service:s?
    type onPremisesExtensionAttributes
      extensionAttribute1:s? extensionAttribute10:s? extensionAttribute11:s?
      extensionAttribute12:s? extensionAttribute13:s? extensionAttribute14:s?
      extensionAttribute15:s? extensionAttribute2:s? extensionAttribute3:s?
      extensionAttribute4:s? extensionAttribute5:s? extensionAttribute6:s?
      extensionAttribute7:s? extensionAttribute8:s? extensionAttribute9:s?
    type customSecurityAttributeValue
    """
}
