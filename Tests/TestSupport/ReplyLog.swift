internal import Platform

/// What the emulator logged of its requests, held to the API description line by line.
package enum ReplyLog {
  /// Faults that put something else in place of Graph's reply.
  private static let replacing: Set<String> = ["html200", "reset"]

  private static let sizeLimit = 1 << 30

  /// Lists what the replies have that Graph's have not, each with its request.
  ///
  /// Replies of the services beside Graph are omitted, and where the description is not beside the
  /// checkout, all of them; it says so then.
  package static func violations(inFile path: String) -> [String] {
    guard let description = GraphConformance.shared else {
      print("left out: the replies, for the API description is not beside the checkout")
      return []
    }
    guard let bytes = try? PrivateFile.read(path, limit: sizeLimit) else {
      return ["no log of requests at \(path)"]
    }
    var lines = bytes.split(separator: UInt8(ascii: "\n"))
    // The emulator may have been killed over its last line.
    if bytes.last != UInt8(ascii: "\n") { lines = lines.dropLast() }
    return lines.flatMap { violations(in: $0, description) }
  }

  private static func violations(
    in text: ArraySlice<UInt8>,
    _ description: GraphConformance
  ) -> [String] {
    guard let line = JSONReader.read(Array(text)), let method = line["method"]?.string,
      let target = line["target"]?.string, let requestBody = line["requestBody"]?.string,
      case .number(let status)? = line["status"], let body = line["responseBody"]?.string
    else {
      return ["a line of the log is not of its form: \(String(decoding: text, as: UTF8.self))"]
    }
    let faults = Set((line["faults"]?.array ?? []).compactMap(\.string))
    guard let version = ["/v1.0", "/beta"].first(where: { target.hasPrefix("\($0)/") }),
      replacing.isDisjoint(with: faults)
    else { return [] }
    var found = description.violations(
      method: method,
      target: String(target.dropFirst(version.count)),
      requestBody: Array(requestBody.utf8),
      status: Int(status),
      body: Array(body.utf8)
    )
    for name in ["request-id", "client-request-id", "date"]
    where line["responseHeaders"]?[name] == nil {
      found.append("the header \(name) is missing")
    }
    return found.map { "\(method) \(target) → \(Int(status)): \($0)" }
  }
}
