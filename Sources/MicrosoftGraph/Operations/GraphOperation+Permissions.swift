/// The application permissions that an operation needs (FACTS section 2.5).
extension GraphOperation {
  /// The permissions that are all needed and are the least that do.
  package var leastPermissions: [String] {
    switch self {
    case .readGuests, .readSponsors, .readDeleted, .lookUpAddresses, .readAccounts, .readOwned,
      .readRoles:
      ["User.Read.All"]
    case .lookUpContacts: ["OrgContact.Read.All"]
    case .readApps, .readAssignments: ["Application.Read.All"]
    case .readGroups, .readMembers: ["GroupMember.Read.All"]
    case .readMemberships, .readUserAssignments: ["Directory.Read.All"]
    case .readPackages: ["EntitlementManagement.Read.All"]
    case .invite, .resend: ["User.Invite.All"]
    case .resetRedemption, .changeMail, .addSponsor, .removeSponsor: ["User.ReadWrite.All"]
    case .block, .unblock: ["User.EnableDisableAccount.All", "User.Read.All"]
    case .revokeSessions: ["User.RevokeSessions.All"]
    case .restore, .delete: ["User.DeleteRestore.All"]
    case .assign: ["AppRoleAssignment.ReadWrite.All", "Application.Read.All"]
    case .unassign: ["AppRoleAssignment.ReadWrite.All"]
    case .join, .leave: ["GroupMember.ReadWrite.All"]
    case .requestPackage, .removePackage: ["EntitlementManagement.ReadWrite.All"]
    }
  }

  /// What to grant when the operation was refused for want of permission.
  var permissionHint: String {
    let names = leastPermissions.map { "`\($0)`" }.joined(separator: " and ")
    return "the app registration needs \(names), with admin consent"
  }
}
