internal import HTTPServer
internal import Platform

/// Writes one line of JSON for each request and its reply.
final class RequestLog: Sendable {
  private let path: String
  private let lock = Locked(0)

  init(path: String) { self.path = path }

  /// Appends a line; a log that cannot be written never disturbs the reply.
  func record(_ request: ServerRequest, _ response: ServerResponse, _ requestID: ObjectID) {
    func named(_ headers: [ServerRequest.Header]) -> JSONValue {
      .object(headers.map { .init($0.name.lowercased(), Self.value($0)) })
    }
    let line: JSONValue = [
      "requestId": .string(requestID.text), "method": .string(request.method),
      "target": .string(request.target), "requestHeaders": named(request.headers),
      "requestBody": Self.text(request.body, isSecret: request.target.contains("oauth2")),
      "status": .number(String(response.status)), "responseHeaders": named(response.headers),
      "responseBody": Self.text(response.body, isSecret: request.target.contains("token")),
    ]
    let bytes = line.bytes + [0x0A]
    lock.withLock { count in
      count += 1
      try? PrivateFile.append(bytes, to: path)
    }
  }

  private static func value(_ header: ServerRequest.Header) -> JSONValue {
    header.name.lowercased() == "authorization" ? "<redacted>" : .string(header.value)
  }

  private static func text(_ bytes: [UInt8], isSecret: Bool) -> JSONValue {
    isSecret ? "<redacted>" : .string(String(decoding: bytes, as: UTF8.self))
  }
}
