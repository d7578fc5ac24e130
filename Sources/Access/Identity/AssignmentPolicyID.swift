/// The identifier of the policy by which an access package is assigned.
package struct AssignmentPolicyID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}
