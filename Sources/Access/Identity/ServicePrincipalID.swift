/// The object identifier of the service principal by which a tenant knows an app.
package struct ServicePrincipalID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}
