/// An object as the database holds it.
struct RawObject {
  var kind: Kind
  var bytes: [UInt8]

  enum Kind {
    case commit, tree, blob, tag
  }
}
