/// The identifier of an access package of entitlement management.
package struct AccessPackageID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}
