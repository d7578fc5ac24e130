package import Access

/// A run that the journal knows, as the journal names it to those who add to it.
package struct JournaledRun: Hashable, Sendable {
  package let id: GUID
  package let tenant: TenantID
  package let ref: String

  init(id: GUID, tenant: TenantID, ref: String) {
    self.id = id
    self.tenant = tenant
    self.ref = ref
  }
}
