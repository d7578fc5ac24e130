import Crypto

/// Keys that several tests share, since making one takes a tenth of a second.
enum Keys {
  static let ours = Result { try RSAPrivateKey.generate() }
  static let theirs = Result { try RSAPrivateKey.generate() }
}
