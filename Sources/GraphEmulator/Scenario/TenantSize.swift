/// How large a generated tenant is.
package struct TenantSize: Sendable, Equatable {
  package var guests = 0
  package var members = 0
  package var apps = 0
  package var groups = 0
  package var assignments = 0

  package init() {}

  /// Reads `guests=1000,members=200,apps=20,groups=10,assignments=4000`; nil for anything else.
  package init?(_ text: String) {
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=")
      guard words.count == 2, let number = Int(words[1]), (0...10_000_000).contains(number) else {
        return nil
      }
      switch words[0] {
      case "guests": guests = number
      case "members": members = number
      case "apps": apps = number
      case "groups": groups = number
      case "assignments": assignments = number
      default: return nil
      }
    }
  }
}
