package import HTTP

/// The URL of a repository, its password apart from the rest.
package struct RemoteURL: Hashable, Sendable {
  /// The URL without a password: what is shown, kept, and given to git.
  package let address: String
  /// The password that stood in the URL, decoded.
  package let password: Secret?
  /// The user that stood before the password, decoded.
  let user: String
  /// The part up to the host, to which alone the password may go.
  let origin: String

  /// Reads a URL; `nil` for a path.
  /// - Throws: `unsupportedURL`.
  init?(_ text: String) throws(RemoteError) {
    let isPlain = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    guard let separator = text.firstRange(of: "://") else {
      guard let colon = text.firstIndex(of: ":"),
        !text[..<colon].contains("/"), !text[..<colon].isEmpty
      else { return nil }
      // `host:path` is SSH; `helper::address` would run a program of that name.
      let path = text[text.index(after: colon)...]
      guard isPlain, !text.hasPrefix("-"), !path.hasPrefix(":"), !path.hasPrefix("-"),
        !path.isEmpty
      else { throw RemoteError(.unsupportedURL(Self.shown(text))) }
      (address, password, user, origin) = (text, nil, "", "")
      return
    }
    let scheme = text[..<separator.lowerBound].lowercased()
    let rest = text[separator.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let at = authority.lastIndex(of: "@")
    let host = at.map { authority[authority.index(after: $0)...] } ?? authority
    let isSafeHost = !host.hasPrefix("-") && (!host.isEmpty || scheme == "file")
    let isLoopback = ["127.0.0.1", "localhost", "[::1]"].contains {
      host == $0 || host.hasPrefix("\($0):")
    }
    guard isPlain, isSafeHost,
      ["https", "ssh", "file"].contains(scheme) || (scheme == "http" && isLoopback)
    else { throw RemoteError(.unsupportedURL(Self.shown(text))) }
    let path = rest[authority.endIndex...]
    let userInfo = at.map { authority[..<$0] } ?? ""
    let parts = userInfo.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    origin = "\(scheme)://\(host)"
    user = parts.first.flatMap { Self.decoded($0) } ?? ""
    guard parts.count > 1 else {
      address = text
      password = nil
      return
    }
    guard let word = Self.decoded(parts[1]), !user.utf8.contains(where: { $0 < 0x20 })
    else { throw RemoteError(.unsupportedURL(Self.shown(text))) }
    password = Secret(word)
    address = "\(scheme)://\(parts[0].isEmpty ? "" : "\(parts[0])@")\(host)\(path)"
  }

  /// A URL for people: nothing of what is before the host.
  private static func shown(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return text }
    let scheme = text.firstRange(of: "://").map { String(text[..<$0.upperBound]) } ?? ""
    return scheme + "…" + text[at...]
  }

  /// Undoes percent-encoding; `nil` where what it represents is not text, or would break a line.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16), value >= 0x20
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension RemoteURL: CustomStringConvertible {
  package var description: String { address }
}
