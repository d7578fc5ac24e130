/// Groups and their members.
enum Groups {
  static let traits = ObjectKind.Traits(
    path: "groups",
    directoryName: "Group",
    auditName: "group",
    auditCategory: "GroupManagement",
    shown: [
      "classification", "createdDateTime", "deletedDateTime", "description", "displayName",
      "expirationDateTime", "groupTypes", "id", "isAssignableToRole", "mail", "mailEnabled",
      "mailNickname", "membershipRule", "membershipRuleProcessingState",
      "onPremisesDomainName", "onPremisesLastSyncDateTime", "onPremisesNetBiosName",
      "onPremisesProvisioningErrors", "onPremisesSamAccountName",
      "onPremisesSecurityIdentifier", "onPremisesSyncEnabled", "preferredDataLocation",
      "preferredLanguage", "proxyAddresses", "renewedDateTime", "resourceBehaviorOptions",
      "resourceProvisioningOptions", "securityEnabled", "securityIdentifier",
      "serviceProvisioningErrors", "theme", "uniqueName", "visibility",
    ],
    indexed: ["displayName", "mail", "proxyAddresses", "mailNickname", "uniqueName"],
    unfiltered: [
      "accessType", "allowExternalSenders", "autoSubscribeNewMembers", "hideFromAddressLists",
      "hideFromOutlookClients", "infoCatalogs", "isArchived", "isFavorite", "isSubscribedByMail",
      "preferredDataLocation", "resourceBehaviorOptions", "theme", "unseenConversationsCount",
      "unseenCount", "unseenMessagesCount", "welcomeMessageEnabled",
    ],
    alternateKeys: ["uniqueName"],
    complete: { given, tenant in
      let nickname = (given["displayName"]?.string ?? "group").filter { $0.isLetter || $0.isNumber }
      return [
        "createdDateTime": tenant.moment, "renewedDateTime": tenant.moment,
        "securityEnabled": true, "mailEnabled": false,
        "mailNickname": .string(nickname.isEmpty ? "group" : nickname), "groupTypes": [],
      ]
    }
  )

  private static let listing: AcceptedPermissions = """
    Directory.Read.All | Directory.ReadWrite.All | Group-NestingSupport.ReadWrite.All
    | Group-PreferredDataLocation.ReadWrite.All | Group.ManageProtection.All | Group.Read.All
    | Group.ReadBasic.All | Group.ReadWrite.All | GroupMember.Read.All
    """
  private static let reading = AcceptedPermissions(
    combinations: listing.combinations + [["Group-XTenantIdentitySync.Read.All"]]
  )
  private static let creating: AcceptedPermissions = """
    Group.Create | Group.ReadWrite.All | Group-PreferredDataLocation.ReadWrite.All
    | Directory.ReadWrite.All
    """
  /// The members that a change binds ask for what adding a member does.
  private static let changing: AcceptedPermissions = """
    Directory.ReadWrite.All | Group-NestingSupport.ReadWrite.All
    | Group-PreferredDataLocation.ReadWrite.All | Group.ManageProtection.All | Group.ReadWrite.All
    | GroupMember.ReadWrite.All
    """
  private static let readingMembers: AcceptedPermissions = """
    Directory.Read.All | Group.Read.All | Group.ReadBasic.All | Group.ReadWrite.All
    | GroupMember.Read.All | GroupMember.ReadBasic.All | GroupMember.ReadWrite.All
    """
  private static let changingMembers: AcceptedPermissions =
    "GroupMember.ReadWrite.All | Group.ReadWrite.All | Directory.ReadWrite.All"

  private static let objects = ObjectOperations(kind: .group)

  static let operations =
    [
      objects.list(listing), objects.count(listing), objects.read(reading),
      objects.create(
        creating,
        required: ["displayName", "mailEnabled", "mailNickname", "securityEnabled"]
      ) { _, tenant in
        [
          "createdDateTime": tenant.moment, "renewedDateTime": tenant.moment, "groupTypes": [],
          "securityIdentifier": tenant.securityIdentifier(),
        ]
      },
      Operation("PATCH /groups/{}", changing, change), objects.delete("Group.ReadWrite.All"),
      Operation("GET /groups/{}/members/$count", readingMembers) { call, tenant in
        let group = try call.object(.group, in: tenant)
        return try call.count(.related(tenant.members, of: group.id, in: tenant), tenant)
      },
      Operation("GET /groups/{}/transitiveMembers/$count", readingMembers) { call, tenant in
        let group = try call.object(.group, in: tenant)
        let ids = tenant.transitiveMembers(of: group.id)
        return try call.count(.found(ids, in: tenant), tenant)
      },
      Operation("GET /groups/{}/members/$ref", readingMembers) { call, tenant in
        let group = try call.object(.group, in: tenant)
        return try call.references(.related(tenant.members, of: group.id, in: tenant), tenant)
      },
      Operation("POST /groups/{}/members/$ref", changingMembers) { call, tenant in
        let group = try call.object(.group, in: tenant)
        try requireRolePermission(group, call)
        let member = try tenant.newMember(call.readBody().text("@odata.id"), of: group)
        tenant.members.insert(group.id, member.id)
        tenant.audit(call, "Add member to group", .group, "Assign", [member.id, group.id])
        return .noContent
      },
      Operation("DELETE /groups/{}/members/{}/$ref", changingMembers) { call, tenant in
        let group = try call.object(.group, in: tenant)
        try requireRolePermission(group, call)
        try requireWritableMembership(group)
        guard let id = ObjectID(call.keys[1].text), tenant.members.remove(group.id, id) else {
          throw GraphFailure.notFound(call.keys[1].text)
        }
        tenant.audit(call, "Remove member from group", .group, "Unassign", [id, group.id])
        return .noContent
      },
    ]
    + [nil, ObjectKind.user, .group, .servicePrincipal].map { kind in
      Operation("GET /groups/{}/members\(cast(kind))", units: 3, readingMembers) { call, tenant in
        let group = try call.object(.group, in: tenant)
        return try call.page(.related(tenant.members, of: group.id, as: kind, in: tenant), tenant)
      }
    }
    + [nil, ObjectKind.user].map { kind in
      Operation("GET /groups/{}/transitiveMembers\(cast(kind))", units: 5, readingMembers) {
        call,
        tenant in
        let group = try call.object(.group, in: tenant)
        let ids = tenant.transitiveMembers(of: group.id)
        return try call.page(.found(ids, as: kind, in: tenant), tenant)
      }
    }

  private static func cast(_ kind: ObjectKind?) -> String {
    kind.map { "/graph.\($0.rawValue)" } ?? ""
  }

  /// FACTS section 4: the most that one request may add.
  static let bindLimit = 20

  /// FACTS section 4: groups that carry directory roles ask for more.
  private static func requireRolePermission(_ group: DirectoryObject, _ call: Call) throws {
    guard group.properties["isAssignableToRole"] == true else { return }
    guard call.caller.permissions.contains("RoleManagement.ReadWrite.Directory") else {
      throw GraphFailure.denied
    }
  }

  /// - Throws: 400 for groups whose members come from a rule or from elsewhere (FACTS section 4).
  fileprivate static func requireWritableMembership(_ group: DirectoryObject) throws {
    let types = group.texts("groupTypes")
    if types.contains("DynamicMembership") {
      throw GraphFailure.badRequest(
        "Insufficient privileges to update a dynamic membership group's members."
      )
    }
    if group.properties["onPremisesSyncEnabled"] == true {
      throw GraphFailure.badRequest(
        "Unable to update the specified properties for on-premises mastered Directory Sync objects "
          + "or objects currently undergoing migration."
      )
    }
    if group.properties["mailEnabled"] == true, !types.contains("Unified") {
      throw GraphFailure.badRequest(
        "Cannot Update a mail-enabled security groups and or distribution list."
      )
    }
  }

  private static func change(_ call: Call, _ tenant: inout Tenant) throws -> Reply {
    let group = try call.object(.group, in: tenant)
    let body = try call.readBody()
    _ = try body.values(of: ObjectKind.group.type)
    if let bind = body["members@odata.bind"] {
      guard let urls = bind.array, urls.count <= bindLimit else {
        throw GraphFailure.tooManyReferences
      }
      var added: [DirectoryObject] = []
      for url in urls {
        let member = try tenant.newMember(url.string, of: group)
        guard !added.contains(where: { $0.id == member.id }) else {
          throw GraphFailure.duplicateReference("members")
        }
        added.append(member)
      }
      for member in added {
        tenant.members.insert(group.id, member.id)
        tenant.audit(call, "Add member to group", .group, "Assign", [member.id, group.id])
      }
    }
    try tenant.change(group, body, call)
    return .noContent
  }
}

extension GraphFailure {
  static let tooManyReferences = Self.badRequest(
    "The number of references to add exceeds the limit of \(Groups.bindLimit)."
  )
}

extension Tenant {
  /// Finds an object that may become a member of a group and is not one yet.
  ///
  /// - Throws: 400 for what is not a member or is one already, 404 for what does not exist.
  fileprivate func newMember(_ url: String?, of group: DirectoryObject) throws -> DirectoryObject {
    try Groups.requireWritableMembership(group)
    let member = try referenced(url)
    let isUnified = group.texts("groupTypes").contains("Unified")
    guard member.id != group.id, ![.directoryRole, .application].contains(member.kind),
      !isUnified || member.kind == .user
    else {
      throw GraphFailure.badRequest("The reference target is not a valid member of the group.")
    }
    guard !members.contains(group.id, member.id) else {
      throw GraphFailure.duplicateReference("members")
    }
    return member
  }
}

extension Groups {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type group < directoryObject
      accessType:groupAccessType? allowExternalSenders:b?
      appRoleAssignments:*appRoleAssignment> assignedLabels:*assignedLabel
      assignedLicenses:*assignedLicense! autoSubscribeNewMembers:b? classification:s?
      createdDateTime:d?! description:s? displayName:s? expirationDateTime:d?! groupTypes:*s
      hasMembersWithLicenseErrors:b? hideFromAddressLists:b? hideFromOutlookClients:b?
      infoCatalogs:*s isArchived:b? isAssignableToRole:b? isFavorite:b?
      isManagementRestricted:b?! isSubscribedByMail:b?
      licenseProcessingState:licenseProcessingState?! mail:s?! mailEnabled:b? mailNickname:s?
      memberOf:*directoryObject> members:*directoryObject> membershipRule:s?
      membershipRuleProcessingState:s? onPremisesDomainName:s?!
      onPremisesExtensionAttributes:onPremisesExtensionAttributes?
      onPremisesLastSyncDateTime:d?! onPremisesNetBiosName:s?!
      onPremisesProvisioningErrors:*onPremisesProvisioningError onPremisesSamAccountName:s?!
      onPremisesSecurityIdentifier:s?! onPremisesSyncEnabled:b?! organizationId:s?
      owners:*directoryObject> preferredDataLocation:s? preferredLanguage:s?
      proxyAddresses:*s! renewedDateTime:d?! resourceBehaviorOptions:*s
      resourceProvisioningOptions:*s securityEnabled:b? securityIdentifier:s?!
      serviceProvisioningErrors:*serviceProvisioningError theme:s?
      transitiveMemberOf:*directoryObject> transitiveMembers:*directoryObject> uniqueName:s?!
      unseenConversationsCount:i? unseenCount:i? unseenMessagesCount:i? visibility:s?
      welcomeMessageEnabled:b?
    enum groupAccessType
      none private secret public unknownFutureValue
    type assignedLabel
      displayName:s?! labelId:s?
    type assignedLicense
      disabledPlans:*g skuId:g?
    type licenseProcessingState
      state:s?
    """
}
