/// The address of a resource, taken apart once and put together again before it is used.
///
/// What decides where credentials go must not read an address otherwise than what opens the
/// connection. So only the plain form is taken: `http` or `https`, a host of letters, digits, `-`,
/// `.` and `_` or a bracketed address, a port; no user, no fragment, no blank, no backslash.
package struct HTTPURL: Hashable, Sendable {
  package let scheme: Scheme
  /// In lower case; an IPv6 address keeps its brackets.
  package let host: String
  /// The port, also where the address leaves it to the scheme.
  package let port: UInt16
  /// Path and query, beginning with `/`.
  package let target: String

  /// The two schemes that are spoken.
  package enum Scheme: String, Hashable, Sendable {
    case http, https

    var port: UInt16 { self == .http ? 80 : 443 }
  }

  /// Reads an absolute address; anything but the plain form is `nil`.
  package init?(_ text: some StringProtocol) {
    var rest = Substring(text)
    guard let scheme = Self.takeScheme(&rest) else { return nil }
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    guard let (host, port) = Self.authority(rest[..<end], scheme),
      let target = Self.target(rest[end...])
    else { return nil }
    self.init(scheme: scheme, host: host, port: port, target: target)
  }

  /// The root of a server that is known in advance, over TLS.
  package init(known host: StaticString) {
    self.init(scheme: .https, host: "\(host)", port: Scheme.https.port, target: "/")
  }

  private init(scheme: Scheme, host: String, port: UInt16, target: String) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.target = target
  }

  /// The same server with another path and query, which begin with `/`; `nil` where they hold what
  /// an address must not.
  package func replacingTarget(_ target: String) -> Self? {
    guard target.utf8.first == UInt8(ascii: "/"), let target = Self.target(target[...]) else {
      return nil
    }
    return Self(scheme: scheme, host: host, port: port, target: target)
  }

  /// The server, without path and query.
  package var origin: String {
    "\(scheme.rawValue)://\(host)\(port == scheme.port ? "" : ":\(port)")"
  }

  /// Whether both name the same server: scheme, host and port.
  package func isSameOrigin(as other: Self) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  /// Whether the host can only be this machine: `localhost`, 127.0.0.0/8 in its plain form, `[::1]`.
  package var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.first == "127"
      && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
  }

  private static func takeScheme(_ rest: inout Substring) -> Scheme? {
    guard let colon = rest.firstIndex(of: ":"),
      let scheme = Scheme(rawValue: rest[..<colon].lowercased())
    else { return nil }
    let after = rest[colon...].dropFirst()
    guard after.hasPrefix("//") else { return nil }
    rest = after.dropFirst(2)
    return scheme
  }

  private static func authority(_ text: Substring, _ scheme: Scheme) -> (String, UInt16)? {
    var host = text
    var port = scheme.port
    let bracket = text.lastIndex(of: "]") ?? text.startIndex
    if let colon = text[bracket...].lastIndex(of: ":") {
      let digits = text[colon...].dropFirst()
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(digits),
        number > 0
      else { return nil }
      port = number
      host = text[..<colon]
    }
    guard isPlain(host) else { return nil }
    return (host.lowercased(), port)
  }

  private static func isPlain(_ host: Substring) -> Bool {
    if host.hasPrefix("[") {
      let inner = host.dropFirst().dropLast()
      return host.hasSuffix("]") && inner.utf8.count > 1 && inner.utf8.count < 46
        && inner.utf8.allSatisfy { isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == 0x2E }
    }
    return host.utf8.count < 254
      && host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        !label.isEmpty && label.utf8.count < 64
          && label.utf8.allSatisfy {
            isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
          }
      }
  }

  private static func target(_ text: Substring) -> String? {
    let isPlain = text.utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#")
    }
    guard isPlain else { return nil }
    return text.hasPrefix("/") ? String(text) : "/" + text
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }
}

extension HTTPURL: CustomStringConvertible {
  package var description: String { origin + target }

  /// What may be printed of a text that was refused as an address: no user, no password, no query.
  ///
  /// A password may hold every character that ends a user elsewhere, so the last `@` counts.
  package static func printable(_ text: String) -> String {
    let rest = text.lastIndex(of: "@").map { text[$0...].dropFirst() } ?? text[...]
    let place = rest.prefix { $0 != "?" && $0 != "#" }.prefix(200)
    return rest.startIndex == text.startIndex ? String(place) : "…@\(place)"
  }
}
