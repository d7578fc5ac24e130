/// A request as it came over the wire, its body complete.
package struct ServerRequest: Sendable {
  package let method: String
  /// Path and query exactly as sent: nothing is decoded.
  package let target: String
  package let headers: [Header]
  package let body: [UInt8]

  package struct Header: Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(method: String, target: String, headers: [Header] = [], body: [UInt8] = []) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }

  /// Returns the first value of a header; names compare without regard to ASCII case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.isEqualIgnoringCase(name) }?.value
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
