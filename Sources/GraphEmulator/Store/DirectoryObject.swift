/// One object of the directory.
struct DirectoryObject: Sendable {
  let id: ObjectID
  let kind: ObjectKind
  var record: Record
  /// When it was soft-deleted.
  var deletedAt: Timestamp?
  /// The number of the last change, for delta queries.
  var version: UInt64 = 0
}
