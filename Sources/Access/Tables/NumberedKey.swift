/// A key that a `Numbering` takes.
protocol NumberedKey: Hashable, Sendable {
  /// Sixty-four well mixed bits of the key.
  func hash(_ secrets: (UInt64, UInt64)) -> UInt64
}

extension UserID: NumberedKey {
  /// One multiplication: an identifier is random already, or made by somebody who does not know the
  /// secrets.
  func hash(_ secrets: (UInt64, UInt64)) -> UInt64 {
    let product = (guid.high ^ secrets.0).multipliedFullWidth(by: guid.low ^ secrets.1)
    return product.high ^ product.low
  }
}

extension EmailAddress: NumberedKey {
  func hash(_ secrets: (UInt64, UInt64)) -> UInt64 {
    UInt64(truncatingIfNeeded: hashValue)
  }
}
