/// Contacts of the organization, read only.
enum Contacts {
  static let traits = ObjectKind.Traits(
    path: "contacts",
    directoryName: "Contact",
    auditName: "contact",
    auditCategory: "Contact",
    indexed: ["mail", "proxyAddresses", "displayName"],
    unfiltered: ["addresses", "phones"],
    isRestorable: false
  )

  static let operations = [
    ObjectOperations(kind: .contact).list(
      "OrgContact.Read.All | Directory.Read.All | Directory.ReadWrite.All"
    )
  ]
}

extension Contacts {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type orgContact < directoryObject
      addresses:*physicalOfficeAddress companyName:s? department:s? displayName:s?
      givenName:s? jobTitle:s? mail:s? mailNickname:s? onPremisesLastSyncDateTime:d?
      onPremisesProvisioningErrors:*onPremisesProvisioningError onPremisesSyncEnabled:b?
      phones:*phone proxyAddresses:*s serviceProvisioningErrors:*serviceProvisioningError
      surname:s?
    type physicalOfficeAddress
      city:s? countryOrRegion:s? officeLocation:s? postalCode:s? state:s? street:s?
    type phone
      language:s? number:s? region:s? type:phoneType?
    enum phoneType
      home business mobile other assistant homeFax businessFax otherFax pager radio
    """
}
