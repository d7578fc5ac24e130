import Crypto

@testable import GraphEmulator

extension SignInFixture {
  /// A reply with its body read.
  struct Answer {
    let status: Int
    let headers: [String: String]
    let json: JSONValue

    init(_ reply: Reply) {
      status = reply.status
      headers = Dictionary(reply.headers.map { ($0.name, $0.value) }) { $1 }
      json = (try? JSONValue.parse(reply.body)) ?? .null
    }

    subscript(_ name: String) -> String? { json[name]?.string }

    /// The number behind `AADSTS`.
    var code: Int? { json["error_codes"]?.array?.first?.integer }

    /// The claims of the access token.
    var claims: JSONValue? {
      guard let parts = self["access_token"]?.split(separator: "."), parts.count == 3 else {
        return nil
      }
      return Base64URL.decode(parts[1]).flatMap { try? JSONValue.parse($0) }
    }
  }
}
