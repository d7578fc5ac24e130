/// The command line of `graph-emulator`.
struct EmulatorOptions: Sendable {
  private(set) var address = "127.0.0.1"
  private(set) var port: UInt16 = 0
  private(set) var scenarioPath: String?
  private(set) var size: TenantSize?
  private(set) var seed: UInt64 = 1
  private(set) var tls: (certificate: String, key: String)?
  private(set) var requestsPath: String?
  private(set) var environmentPath: String?
  private(set) var enforcesLimits = true
  private(set) var lagSeconds: Int64 = 0
  private(set) var faults: [FaultRule] = []
  private(set) var allowsNetwork = false
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

  init(_ arguments: [String]) throws(EmulatorError) {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      if flag == "--help" || flag == "-h" {
        wantsHelp = true
        return
      }
      if flag == "--open-to-network" {
        allowsNetwork = true
        continue
      }
      let parts = flag.split(separator: "=", maxSplits: 1).map(String.init)
      let value = parts.count == 2 ? parts[1] : rest.popFirst()
      guard let value else { throw .usage("`\(flag)` needs a value") }
      try set(parts[0], value)
    }
    guard allowsNetwork || Loopback.isAddress(address) else {
      throw .usage("`\(address)` is not loopback; add --open-to-network if that is meant")
    }
    guard scenarioPath == nil || size == nil else {
      throw .usage("`--scenario` and `--size` exclude each other")
    }
  }

  private mutating func set(_ flag: String, _ value: String) throws(EmulatorError) {
    switch flag {
    case "--listen": try listen(value)
    case "--scenario": scenarioPath = value
    case "--size":
      guard let size = TenantSize(value) else {
        throw .usage(
          "`--size \(value)` is not of the form guests=N,members=N,apps=N,groups=N,assignments=N"
        )
      }
      self.size = size
    case "--seed":
      guard let number = UInt64(value) else { throw .usage("`--seed \(value)` is no number") }
      seed = number
    case "--tls":
      let paths = value.split(separator: ",").map(String.init)
      guard paths.count == 2 else { throw .usage("`--tls` needs CERT,KEY") }
      tls = (paths[0], paths[1])
    case "--limits":
      guard ["documented", "none"].contains(value) else {
        throw .usage("`--limits \(value)` is neither documented nor none")
      }
      enforcesLimits = value == "documented"
    case "--lag":
      guard let seconds = Int64(value), (0...86_400).contains(seconds) else {
        throw .usage("`--lag \(value)` is no number of seconds")
      }
      lagSeconds = seconds
    case "--fault":
      guard let rules = FaultRule.list(value) else {
        let kinds = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw .usage("`--fault \(value)` is not of the form KIND=RATE,…; kinds: \(kinds)")
      }
      faults += rules
    case "--requests": requestsPath = value
    case "--env": environmentPath = value
    default: throw .usage("unknown flag `\(flag)`; see --help")
    }
  }

  private mutating func listen(_ value: String) throws(EmulatorError) {
    guard let colon = value.lastIndex(of: ":"),
      let port = UInt16(value[value.index(after: colon)...])
    else { throw .usage("`--listen \(value)` is not of the form ADDRESS:PORT") }
    address = String(value[..<colon].filter { $0 != "[" && $0 != "]" })
    self.port = port
  }
}
