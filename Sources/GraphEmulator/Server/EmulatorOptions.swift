internal import Platform

/// The command line of `graph-emulator`.
struct EmulatorOptions: Sendable {
  private(set) var configuration = EmulatorConfiguration()
  private(set) var environmentPath: String?
  private(set) var wantsHelp = false

  static let help = """
    graph-emulator [--listen 127.0.0.1:0] [--scenario FILE | --size guests=N,members=N,apps=N,…]
                   [--limits documented|none] [--lag SECONDS] [--fault KIND=RATE,…] [--seed N]
                   [--tls CERT,KEY] [--requests FILE] [--env FILE] [--open-to-network]

    Speaks Microsoft Graph, OAuth and cloud metadata on loopback, until it is interrupted.

      --listen ADDRESS:PORT   where to listen; port 0 takes a free one
      --scenario FILE         the tenant, as JSON in Graph's own property names
      --size LIST             a generated tenant: guests, members, apps, groups, assignments
      --limits documented|none
                              enforce the documented limits (the default), or none
      --lag SECONDS           every write stays out of the sight of reads for so long
      --fault KIND=RATE,…     fail a share of the requests: throttle, error503, error500, conflict,
                              reset, truncate, lost, slow, stall, partial, lag, reorder, expired,
                              html200
      --seed N                what is generated is the same for the same number
      --tls CERT,KEY          serve HTTPS with these PEM files
      --requests FILE         append a line of JSON for each request and reply, without secrets
      --env FILE              write endpoint, credentials and a journal's path as shell
                              assignments, mode 0600
      --open-to-network       allow an address other than loopback
    """

  /// - Throws: `usage` for what is not on the list, `file` for a file that cannot be read.
  init(_ arguments: [String]) throws(EmulatorError) {
    var allowsNetwork = false
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      switch flag {
      case "--help", "-h":
        wantsHelp = true
        return
      case "--open-to-network": allowsNetwork = true
      default:
        let parts = flag.split(separator: "=", maxSplits: 1).map(String.init)
        guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
          throw .usage("`\(flag)` needs a value")
        }
        try set(parts[0], value)
      }
    }
    guard allowsNetwork || Loopback.isAddress(configuration.address) else {
      throw .usage(
        "`\(configuration.address)` is not loopback; add --open-to-network if that is meant"
      )
    }
  }

  private mutating func set(_ flag: String, _ value: String) throws(EmulatorError) {
    func wrong(_ form: String) -> EmulatorError { .usage("`\(flag) \(value)` is not \(form)") }
    switch flag {
    case "--listen":
      guard let colon = value.lastIndex(of: ":"),
        let port = UInt16(value[value.index(after: colon)...])
      else { throw wrong("of the form ADDRESS:PORT") }
      configuration.address = String(value[..<colon].filter { $0 != "[" && $0 != "]" })
      configuration.port = port
    case "--scenario": try take(.scenario(Self.read(value, limit: 1 << 30)))
    case "--size":
      guard let size = TenantSize(value) else {
        throw wrong("of the form guests=N,members=N,apps=N,groups=N,assignments=N")
      }
      try take(.size(size))
    case "--seed":
      guard let number = UInt64(value) else { throw wrong("a number") }
      configuration.seed = number
    case "--tls":
      let paths = value.split(separator: ",").map(String.init)
      guard paths.count == 2 else { throw wrong("of the form CERT,KEY") }
      let texts = try paths.map { (path) throws(EmulatorError) in
        String(decoding: try Self.read(path, limit: 1 << 20), as: UTF8.self)
      }
      configuration.certificate = (chain: texts[0], key: texts[1])
    case "--limits":
      guard ["documented", "none"].contains(value) else { throw wrong("documented or none") }
      configuration.enforcesLimits = value == "documented"
    case "--lag":
      guard let seconds = Int64(value), (0...86_400).contains(seconds) else {
        throw wrong("a number of seconds")
      }
      configuration.lagSeconds = seconds
    case "--fault":
      guard let rules = FaultRule.list(value) else {
        let kinds = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw wrong("of the form KIND=RATE,…; kinds: \(kinds)")
      }
      configuration.faults += rules
    case "--requests": configuration.requestsPath = value
    case "--env": environmentPath = value
    default: throw .usage("unknown flag `\(flag)`; see --help")
    }
  }

  private mutating func take(_ source: EmulatorConfiguration.Source) throws(EmulatorError) {
    guard case .empty = configuration.source else {
      throw .usage("`--scenario` and `--size` exclude each other")
    }
    configuration.source = source
  }

  private static func read(_ path: String, limit: Int) throws(EmulatorError) -> [UInt8] {
    do throws(PlatformError) {
      return try PublicFile.read(path, limit: limit)
    } catch {
      throw .file(path: path, detail: "\(error)")
    }
  }
}
