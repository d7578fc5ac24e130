/// An identifier that the directory gave to an object of one kind.
///
/// One type for each kind, so that the application identifier of a service principal and its object
/// identifier, which look alike, cannot be used for one another (FACTS section 3).
package protocol Identifier: Hashable, Sendable, Comparable, CustomStringConvertible {
  var guid: GUID { get }
  init(_ guid: GUID)
}

extension Identifier {
  /// Reads the hyphenated form in either case; anything else is `nil`.
  package init?(_ text: some StringProtocol) {
    guard let guid = GUID(text) else { return nil }
    self.init(guid)
  }

  package static func < (left: Self, right: Self) -> Bool { left.guid < right.guid }
  package var description: String { guid.description }
}
