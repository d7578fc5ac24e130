import Access

/// Short ways to the identifiers of a test's world.
enum Names {
  static let tenant = TenantID(GUID(high: 1, low: 1))
  static let partner = PartnerName("fabrikam")
  static let start = Moment(seconds: 1_790_000_000)

  static func address(_ text: String) -> EmailAddress {
    guard
      let address = EmailAddress(normalised: text.contains("@") ? text : "\(text)@fabrikam.example")
    else { preconditionFailure("no address: \(text)") }
    return address
  }

  static func app(_ number: UInt64) -> AppID { AppID(GUID(high: 2, low: number)) }
  static func principal(_ number: UInt64) -> ServicePrincipalID {
    ServicePrincipalID(GUID(high: 3, low: number))
  }
  static func group(_ number: UInt64) -> GroupID { GroupID(GUID(high: 4, low: number)) }
  static func package(_ number: UInt64) -> AccessPackageID {
    AccessPackageID(GUID(high: 5, low: number))
  }
  static func user(_ number: UInt64) -> UserID { UserID(GUID(high: 6, low: number)) }
  static func policy(_ number: UInt64) -> AssignmentPolicyID {
    AssignmentPolicyID(GUID(high: 7, low: number))
  }

  static func role(_ app: UInt64, _ value: String = "Reader") -> Resource {
    .appRole(self.app(app), RoleValue(value))
  }

  static func commit(_ number: Int) -> CommitID {
    let digits = String(number, radix: 16)
    guard let commit = CommitID(hex: String(repeating: "0", count: 40 - digits.count) + digits)
    else { preconditionFailure("no commit: \(number)") }
    return commit
  }

  static let place = SourcePlace(file: "partners/fabrikam.yaml", line: 3, column: 5)
}
