/// Access packages of entitlement management, and the policies by which they are assigned
/// (FACTS section 5).
enum AccessPackages {
  static let root = "/identityGovernance/entitlementManagement"
  static let reading: AcceptedPermissions =
    "EntitlementManagement.Read.All | EntitlementManagement.ReadWrite.All"
  static let writing: AcceptedPermissions = "EntitlementManagement.ReadWrite.All"

  private static let packages = EntityOperations(
    name: .accessPackage,
    path: "\(root)/accessPackages",
    units: 0
  )
  private static let policies = EntityOperations(
    name: .assignmentPolicy,
    path: "\(root)/assignmentPolicies",
    units: 0
  )

  static let operations = [
    packages.list(reading), packages.read(reading), packages.remove(writing),
    packages.create(writing, required: ["displayName"]) { body, tenant in
      tenant.stamps.merging(["isHidden": body["isHidden"] ?? false]) { stamp, _ in stamp }
    },
    packages.change(writing, shows: true), policies.list(reading), policies.read(reading),
    policies.remove(writing),
    policies.create(writing, required: ["displayName"]) { _, tenant in tenant.stamps },
    policies.change(writing, method: "PUT", shows: true),
  ]

  /// What an access package gives its holders.
  enum Resource {
    case group(ObjectID)
    case role(app: ObjectID, role: ObjectID)

    /// Reads a `resourceRoleScope`; nil for what is neither the members of a group nor a role of an
    /// app.
    init?(_ value: JSONValue, _ tenant: Tenant) {
      let system = value["role"]?["originSystem"] ?? value["scope"]?["originSystem"]
      let origin = value["role"]?["originId"]?.string ?? ""
      let scope = value["scope"]?["originId"]?.string ?? ""
      let object = tenant.live(ObjectID(scope))
      switch (system, object?.kind) {
      case ("AadGroup", .group?) where origin.lowercased() == "member_\(scope.lowercased())":
        self = .group(object?.id ?? .zero)
      case ("AadApplication", .servicePrincipal?):
        guard let role = ObjectID(origin) else { return nil }
        self = .role(app: object?.id ?? .zero, role: role)
      default: return nil
      }
    }
  }

  /// Completes a `resourceRoleScope` of a scenario to what the service shows of it.
  static func completed(
    _ value: JSONValue,
    _ resource: Resource,
    in tenant: inout Tenant
  ) -> JSONValue {
    let system: JSONValue
    let role: JSONValue
    switch resource {
    case .group: (system, role) = ("AadGroup", "Member")
    case .role(let app, let id):
      let roles = tenant.objects[app]?.properties["appRoles"]?.array ?? []
      let name = roles.first { $0["id"]?.string.flatMap { ObjectID($0) } == id }?["displayName"]
      (system, role) = ("AadApplication", name ?? .null)
    }
    func part(_ name: String, _ defaults: [String: JSONValue]) -> JSONValue {
      var defaults = defaults
      defaults["id"] = .string(tenant.generator.objectID().text)
      defaults["originSystem"] = system
      return .object(defaults).setting(value[name]?.members ?? [:])
    }
    return [
      "id": value["id"] ?? .string(tenant.generator.objectID().text),
      "createdDateTime": value["createdDateTime"] ?? tenant.moment,
      "role": part("role", ["displayName": role, "description": .null]),
      "scope": part(
        "scope",
        ["displayName": "Root", "description": "Root Scope", "isRootScope": true]
      ),
    ]
  }
}

extension Tenant {
  /// When an entity was made and changed: now.
  var stamps: [String: JSONValue] { ["createdDateTime": moment, "modifiedDateTime": moment] }
}

extension AccessPackages {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type accessPackage < entity
      assignmentPolicies:*accessPackageAssignmentPolicy> catalog:accessPackageCatalog?>
      createdDateTime:d?! description:s? displayName:s? isHidden:b? modifiedDateTime:d?!
      resourceRoleScopes:*accessPackageResourceRoleScope>
    type accessPackageApprovalStage
      approverInformationVisibility:approverInformationVisibility
      durationBeforeAutomaticDenial:P? durationBeforeEscalation:P?
      escalationApprovers:*subjectSet fallbackEscalationApprovers:*subjectSet
      fallbackPrimaryApprovers:*subjectSet isApproverJustificationRequired:b?
      isEscalationEnabled:b? primaryApprovers:*subjectSet
    type accessPackageAssignmentApprovalSettings
      isApprovalRequiredForAdd:b? isApprovalRequiredForUpdate:b?
      isRequestorJustificationRequired:b? stages:*accessPackageApprovalStage
    type accessPackageAssignmentPolicy < entity
      accessPackage:accessPackage?> allowedTargetScope:allowedTargetScope?
      automaticRequestSettings:accessPackageAutomaticRequestSettings?
      catalog:accessPackageCatalog?> createdDateTime:d? description:s? displayName:s?
      expiration:expirationPattern? modifiedDateTime:d?
      notificationSettings:accessPackageNotificationSettings?
      requestApprovalSettings:accessPackageAssignmentApprovalSettings?
      requestorSettings:accessPackageAssignmentRequestorSettings?
      reviewSettings:accessPackageAssignmentReviewSettings? specificAllowedTargets:*subjectSet
    type accessPackageAssignmentRequestorSettings
      allowCustomAssignmentSchedule:b? enableOnBehalfRequestorsToAddAccess:b?
      enableOnBehalfRequestorsToRemoveAccess:b? enableOnBehalfRequestorsToUpdateAccess:b?
      enableTargetsToSelfAddAccess:b? enableTargetsToSelfRemoveAccess:b?
      enableTargetsToSelfUpdateAccess:b? onBehalfRequestors:*subjectSet
    type accessPackageAssignmentReviewSettings
      expirationBehavior:accessReviewExpirationBehavior? fallbackReviewers:*subjectSet
      isEnabled:b? isRecommendationEnabled:b? isReviewerJustificationRequired:b?
      isSelfReview:b? primaryReviewers:*subjectSet schedule:entitlementManagementSchedule?
    type accessPackageAutomaticRequestSettings
      gracePeriodBeforeAccessRemoval:P? removeAccessWhenTargetLeavesAllowedTargets:b?
      requestAccessForAllowedTargets:b?
    type accessPackageCatalog < entity
      catalogType:accessPackageCatalogType? createdDateTime:d?! description:s? displayName:s?
      isExternallyVisible:b? modifiedDateTime:d?! state:accessPackageCatalogState?
    enum accessPackageCatalogState
      unpublished published unknownFutureValue
    enum accessPackageCatalogType
      userManaged serviceDefault serviceManaged unknownFutureValue
    type accessPackageNotificationSettings
      isAssignmentNotificationDisabled:b
    type accessPackageResource < entity
      createdDateTime:d? description:s? displayName:s? modifiedDateTime:d? originId:s?
      originSystem:s?
    type accessPackageResourceRole < entity
      description:s? displayName:s? originId:s? originSystem:s? resource:accessPackageResource?>
    type accessPackageResourceRoleScope < entity
      createdDateTime:d? role:accessPackageResourceRole?> scope:accessPackageResourceScope?>
    type accessPackageResourceScope < entity
      description:s? displayName:s? isRootScope:b? originId:s? originSystem:s?
      resource:accessPackageResource?>
    enum accessReviewExpirationBehavior
      keepAccess removeAccess acceptAccessRecommendation unknownFutureValue
    enum allowedTargetScope
      notSpecified specificDirectoryUsers specificConnectedOrganizationUsers
      specificDirectoryServicePrincipals allMemberUsers allDirectoryUsers
      allDirectoryServicePrincipals allConfiguredConnectedOrganizationUsers allExternalUsers
      allDirectoryAgentIdentities unknownFutureValue
    enum approverInformationVisibility
      default notVisible visible unknownFutureValue
    type attributeRuleMembers < subjectSet
      description:s? membershipRule:s?
    type connectedOrganizationMembers < subjectSet
      connectedOrganizationId:s? description:s?
    type externalSponsors < subjectSet
    type groupMembers < subjectSet
      description:s?! groupId:s?
    type internalSponsors < subjectSet
    type requestorManager < subjectSet
      managerLevel:i?
    type singleServicePrincipal < subjectSet
      description:s? servicePrincipalId:s?
    type singleUser < subjectSet
      description:s?! userId:s?
    type subjectSet
    type targetManager < subjectSet
      managerLevel:i?
    type targetUserSponsors < subjectSet
    """
}
