/// The application identifier (`appId`) that an app has in every tenant.
package struct AppID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}
