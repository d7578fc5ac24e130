package import Crypto

/// How an emulator starts.
package struct EmulatorConfiguration: Sendable {
  /// An IP address in numbers; anything but loopback has to be asked for in so many words.
  package var address = "127.0.0.1"
  package var port: UInt16 = 0
  package var source = Source.empty
  package var seed: UInt64 = 1
  /// Certificate chain and private key as PEM text.
  package var certificate: (chain: String, key: String)?
  /// What signs tokens; a key is made where there is none.
  package var signingKey: RSAPrivateKey?
  /// Where a line of JSON goes for each request.
  package var requestsPath: String?
  package var clock: EmulatorClock
  /// Whether the documented limits are enforced.
  package var enforcesLimits = true
  /// How long every write stays out of the sight of reads.
  package var lagSeconds: Int64 = 0
  var faults: [FaultRule] = []

  /// What the tenant holds at the start.
  package enum Source: Sendable {
    case empty
    /// The text of a scenario.
    case scenario([UInt8])
    case size(TenantSize)
  }

  package init(clock: EmulatorClock) { self.clock = clock }

  /// An emulator whose time is the machine's.
  package init() { self.init(clock: .system) }
}

/// Why an emulator did not start.
package enum EmulatorError: Error {
  case scenario(ScenarioFault)
  case listening(address: String, port: UInt16)
  case file(path: String, detail: String)
  case usage(String)
}

extension EmulatorError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .scenario(let fault): "the scenario cannot be loaded: \(fault)"
    case .listening(let address, let port): "cannot listen on \(address), port \(port)"
    case .file(let path, let detail): "`\(path)`: \(detail)"
    case .usage(let text): text
    }
  }
}
