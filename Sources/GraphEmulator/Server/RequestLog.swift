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
    var line: [JSONValue.Member] = [
      .init("requestId", .string(requestID.text)), .init("method", .string(request.method)),
      .init("target", .string(request.target)),
      .init("requestHeaders", LogRedaction.headers(request.headers)),
      .init("requestBody", LogRedaction.body(request.body, isSecret: isOfSignIn)),
      .init("status", .number(String(response.status))),
      .init("responseHeaders", LogRedaction.headers(response.headers)),
      .init("responseBody", LogRedaction.body(response.body, isSecret: isOfSignIn)),
    ]
    if !faults.isEmpty {
      line.append(.init("faults", .array(faults.map { .string($0.rawValue) })))
    }
    let bytes = JSONValue.object(line).bytes + [0x0A]
    lock.withLock { count in
      count += 1
      try? PrivateFile.append(bytes, to: self.path)
    }
  }
}
