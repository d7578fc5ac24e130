/// Why no connection to a tenant can even be tried.
package enum GraphSetupError: Error, Hashable, Sendable {
  case unreadableEndpoint(String)
  case endpointNotLoopback(String)
  /// No way to sign in is described; the variables of the nearest one that are missing.
  case missingVariables([String])
  /// A variable holds what it cannot mean.
  case unusableVariable(String, reason: String)
}

extension GraphSetupError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadableEndpoint(let text):
      "`\(text)` is not an address such as `http://127.0.0.1:8080`"
    case .endpointNotLoopback(let text):
      "`\(text)` is not an address of this machine, and credentials go to the configured cloud "
        + "or to loopback only"
    case .missingVariables(let names):
      "no credentials: set " + names.map { "`\($0)`" }.joined(separator: ", ")
    case .unusableVariable(let name, let reason): "`\(name)` \(reason)"
    }
  }
}
