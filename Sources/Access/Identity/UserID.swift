/// The object identifier of a user.
package struct UserID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}
