/// The object identifier of a group.
package struct GroupID: Identifier {
  package let guid: GUID

  package init(_ guid: GUID) { self.guid = guid }
}
