/// One object of the directory.
struct DirectoryObject: Sendable {
  let id: ObjectID
  let kind: ObjectKind
  var record: Record
  /// When it was soft-deleted.
  var deletedAt: Timestamp?
}
