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
}
