/// What an access package gives its holders.
enum PackageResource: Sendable {
  case group(Handle)
  case role(app: Handle, role: ObjectID)
}
