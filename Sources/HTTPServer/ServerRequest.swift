/// A request as it came over the wire, its body complete.
package struct ServerRequest: Sendable {
  package let method: String
  /// Path and query exactly as sent: nothing is decoded.
  ///
  /// Of a target in absolute form it is what follows the authority, which then is in `Host`.
  package let target: String
  package let headers: [Header]
  package let body: [UInt8]
  /// Whether it came from this machine.
  package let isLocal: Bool

  package struct Header: Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }

    /// Whether it has this name, without regard to ASCII case.
    package func isNamed(_ other: String) -> Bool { name.isEqualIgnoringCase(other) }
  }

  package init(
    method: String,
    target: String,
    headers: [Header] = [],
    body: [UInt8] = [],
    isLocal: Bool = true
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.isLocal = isLocal
  }

  /// Returns the first value of a header; names compare without regard to ASCII case.
  package func header(_ name: String) -> String? {
    headers.first { $0.isNamed(name) }?.value
  }
}

extension String {
  fileprivate func isEqualIgnoringCase(_ other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy {
        $0 == $1 || ($0 | 0x20 == $1 | 0x20 && $0 | 0x20 > 0x60)
      }
  }
}
