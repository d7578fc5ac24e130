/// The names of this machine's loopback interface.
enum Loopback {
  /// Whether a host, with or without a port, is loopback: `localhost`, `127.0.0.1:80`, `[::1]:80`.
  static func isAuthority(_ text: some StringProtocol) -> Bool {
    let host: Substring
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = Substring(text[...end])
    } else {
      host = Substring(text.prefix { $0 != ":" })
    }
    let port = text[host.endIndex...]
    guard port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()) != nil) else {
      return false
    }
    return host == "[::1]" || host.lowercased() == "localhost" || isAddress(host)
  }

  /// Whether an address in numbers is loopback: `127.0.0.1`, `::1`.
  static func isAddress(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return text == "::1"
      || (parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil })
  }
}
