/// The signature in a commit, and the bytes that it signs.
package struct CommitSignature: Hashable, Sendable {
  /// The armoured text of the signature, OpenPGP or SSH.
  package var signature: [UInt8]
  /// The commit without its signature headers.
  package var payload: [UInt8]

  package init(signature: [UInt8], payload: [UInt8]) {
    self.signature = signature
    self.payload = payload
  }

  /// Splits a signed commit into its signature and what was signed; `nil` where it has none, or more
  /// than one, which no honest tool makes.
  ///
  /// libgit2 does this too, but takes the first of several signatures and leaves `gpgsig-sha256`, which
  /// no signature covers, in what was signed.
  init?(of commit: [UInt8]) {
    var signature: [UInt8] = []
    var payload: [UInt8] = []
    payload.reserveCapacity(commit.count)
    var header = Header.plain
    var count = 0
    var position = 0
    while position < commit.count, commit[position] != UInt8(ascii: "\n") {
      let end =
        commit[position...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? commit.count
      let line = commit[position..<end]
      position = end
      if line.first == UInt8(ascii: " ") {
        switch header {
        case .signature: signature += line.dropFirst()
        case .otherSignature: break
        case .plain: payload += line
        }
      } else if line.starts(with: "gpgsig ".utf8) {
        header = .signature
        count += 1
        signature += line.dropFirst("gpgsig ".utf8.count)
      } else if line.starts(with: "gpgsig".utf8) {
        header = .otherSignature
      } else {
        header = .plain
        payload += line
      }
    }
    guard count == 1 else { return nil }
    self.init(signature: signature, payload: payload + commit[position...])
  }

  private enum Header {
    case plain
    case signature
    /// A signature for another object format.
    case otherSignature
  }
}
