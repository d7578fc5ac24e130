internal import Access

extension Resource {
  /// The resource as one word: `role:APP:VALUE`, `group:ID` or `package:ID`.
  var journalText: String {
    switch self {
    case .appRole(let app, let role): "role:\(app):\(role)"
    case .group(let group): "group:\(group)"
    case .package(let package): "package:\(package)"
    }
  }

  /// Reads what `journalText` gives; anything else is `nil`.
  init?(journalText text: String) {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("role", 3):
      guard let app = AppID(parts[1]) else { return nil }
      self = .appRole(app, RoleValue(String(parts[2])))
    case ("group", 2):
      guard let group = GroupID(parts[1]) else { return nil }
      self = .group(group)
    case ("package", 2):
      guard let package = AccessPackageID(parts[1]) else { return nil }
      self = .package(package)
    default: return nil
    }
  }
}
