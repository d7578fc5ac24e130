internal import HTTPServer
internal import Platform

/// Writes one line of JSON for each request and its reply: what a rehearsal leaves behind to read.
///
/// Credentials, tokens, passwords and redeem URLs are blanked. `faults` names what struck: of a
/// reply that was `lost`, `reset` or `truncate`d, the line holds what the client should have got.
final class RequestLog: Sendable {
  private let path: String
  private let lock = Locked(0)

  /// - Throws: `file` where nothing can be written there.
  init(path: String) throws(EmulatorError) {
    self.path = path
    do throws(PlatformError) {
      try PrivateFile.create(path)
    } catch {
      throw .file(path: path, detail: "\(error)")
    }
  }

  /// Appends a line; a log that can no longer be written never disturbs the reply.
  func record(
    _ request: ServerRequest,
    _ response: ServerResponse,
    _ requestID: ObjectID,
    _ faults: [FaultKind]
  ) {
    let path = request.target.prefix { $0 != "?" }
    let isOfSignIn = path.contains("oauth2") || path.hasSuffix("/token")
    var line: [String: JSONValue] = [
      "requestId": .string(requestID.text), "method": .string(request.method),
      "target": .string(request.target),
      "requestHeaders": LogRedaction.headers(request.headers),
      "requestBody": LogRedaction.body(request.body, isSecret: isOfSignIn),
      "status": .integer(response.status),
      "responseHeaders": LogRedaction.headers(response.headers),
      "responseBody": LogRedaction.body(response.body, isSecret: isOfSignIn),
    ]
    if !faults.isEmpty { line["faults"] = .array(faults.map { .string($0.rawValue) }) }
    let bytes = JSONValue.object(line).bytes + [0x0A]
    lock.withLock { count in
      count += 1
      try? PrivateFile.append(bytes, to: self.path)
    }
  }
}

/// Blanks what the log of requests must not hold.
enum LogRedaction {
  static let blank = JSONValue.string("<redacted>")

  private static let secretHeaders: Set<String> = [
    "authorization", "proxy-authorization", "cookie", "x-identity-header", "secret",
  ]

  /// Names of JSON members and form fields whose values are secrets, in lower case.
  private static let secretNames: Set<String> = [
    "inviteredeemurl", "password", "newpassword", "currentpassword", "secrettext", "access_token",
    "client_secret", "client_assertion",
  ]
  private static let spelledNames = secretNames.map { Array($0.utf8) }
  /// By byte: whether a name begins with it, in either case.
  ///
  /// A table, since every byte of every body is looked up.
  private static let mayBegin = (0..<256).map { number in
    spelledNames.contains { $0.first.map(Int.init) == number | 0x20 }
  }

  static func headers(_ headers: [ServerRequest.Header]) -> JSONValue {
    var shown: [String: JSONValue] = [:]
    for header in headers {
      let name = header.name.lowercased()
      shown[name] = secretHeaders.contains(name) ? blank : .string(header.value)
    }
    return .object(shown)
  }

  /// The body as text; what is not JSON and names a secret is blanked whole.
  static func body(_ bytes: [UInt8], isSecret: Bool) -> JSONValue {
    if bytes.isEmpty { return "" }
    if isSecret { return blank }
    // Nearly every body has none.
    guard mentionsSecrets(bytes) else { return .string(String(decoding: bytes, as: UTF8.self)) }
    guard let value = try? JSONValue.parse(bytes) else { return blank }
    return .string(String(decoding: redacted(value).bytes, as: UTF8.self))
  }

  /// Whether one of the names may be in there; an escaped one can only be told by reading.
  private static func mentionsSecrets(_ bytes: [UInt8]) -> Bool {
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\\"), bytes.dropFirst(index + 1).first == UInt8(ascii: "u") {
        return true
      }
      guard mayBegin[Int(byte)] else { continue }
      let rest = bytes[index...]
      if spelledNames.contains(where: { rest.starts(with: $0) { $0 | 0x20 == $1 | 0x20 } }) {
        return true
      }
    }
    return false
  }

  // The parser bounds the depth.
  private static func redacted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): .array(elements.map { redacted($0) })
    case .object(let members):
      .object(
        Dictionary(
          uniqueKeysWithValues: members.map { name, value in
            let isSecret = secretNames.contains(name.lowercased()) && !value.isNull
            return (name, isSecret ? blank : redacted(value))
          }
        )
      )
    case .null, .bool, .integer, .number, .string, .verbatim: value
    }
  }
}
