/// The identifier of one assignment of an access package.
package struct PackageAssignmentID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}
