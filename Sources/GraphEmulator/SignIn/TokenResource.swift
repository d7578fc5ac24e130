/// The service for which a token is asked.
enum TokenResource: Sendable {
  case graph
  /// Azure Resource Manager, which Azure CLI asks for its subscriptions.
  case resourceManager

  /// Recognises the identifier of a service: Graph's of every cloud (FACTS section 10), its client
  /// id, and the emulator's own address, which clients put in its place; Resource Manager's.
  ///
  /// The emulator's own address is the one by which it was reached, and any on loopback, since
  /// `localhost` and `127.0.0.1` are one to whoever sets a client up.
  init?(identifier: String, base: String) {
    let name = Self.trimmed(identifier).lowercased()
    if Self.graphNames.contains(name) || name == Self.trimmed(base).lowercased()
      || Self.isLoopback(name)
    {
      self = .graph
    } else if Self.resourceManagerNames.contains(name) {
      self = .resourceManager
    } else {
      return nil
    }
  }

  /// An identifier without the slashes at its end, of which clients send none, one or two.
  static func trimmed(_ identifier: String) -> String {
    var text = identifier[...]
    while text.hasSuffix("/") { text = text.dropLast() }
    return String(text)
  }

  private static func isLoopback(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "https:" || parts[0] == "http:", parts[1].isEmpty else {
      return false
    }
    return Loopback.isAuthority(parts[2])
  }

  static let graphAppID = "00000003-0000-0000-c000-000000000000"

  private static let graphNames: Set<String> = [
    "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
    "https://microsoftgraph.chinacloudapi.cn", graphAppID,
  ]

  private static let resourceManagerNames: Set<String> = [
    "https://management.azure.com", "https://management.core.windows.net",
    "https://management.usgovcloudapi.net", "https://management.core.usgovcloudapi.net",
    "https://management.chinacloudapi.cn", "https://management.core.chinacloudapi.cn",
    "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  ]
}
