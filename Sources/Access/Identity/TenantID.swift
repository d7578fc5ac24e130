/// The identifier of a tenant, the `tid` of its tokens.
package struct TenantID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}
