package import Crypto
package import HTTP

/// Who we are, and how we show it (FACTS section 10).
package struct GraphIdentity: Sendable {
  /// The tenant to sign in to, as an identifier or a domain; a managed identity has its own.
  package let tenant: String
  /// What is shown for it.
  package let proof: Proof

  /// Takes a tenant and a proof; `nil` where the tenant cannot be part of a URL.
  package init?(tenant: String, proof: Proof) {
    let isPlain = tenant.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D
        || byte == 0x2E
    }
    guard isPlain, !tenant.isEmpty, tenant != ".", tenant != ".." else { return nil }
    self.tenant = tenant
    self.proof = proof
  }

  /// The ways of showing who we are.
  package enum Proof: Sendable {
    case secret(client: String, Secret)
    /// `sendsChain` puts the certificates into the assertion, for apps that trust by issuer.
    case certificate(client: String, CertificateCredential, sendsChain: Bool)
    /// The token of another identity provider, read afresh each time since it rotates; `nil` where
    /// it cannot be read.
    case federated(client: String, token: @Sendable () -> Secret?)
    /// The identity of a virtual machine, from the metadata service at that address.
    case machine(client: String?, service: HTTPURL)
    /// The identity of an App Service, Functions or Container Apps instance.
    case appService(client: String?, endpoint: HTTPURL, header: Secret)
  }

  /// The secret that every sign-in shows; `nil` where each shows one of its own, or none.
  var standingSecret: Secret? {
    switch proof {
    case .secret(_, let secret), .appService(_, _, let secret): secret
    case .certificate, .federated, .machine: nil
    }
  }
}

/// The variables that Microsoft's own tools read (FACTS section 10).
extension GraphIdentity {
  /// Reads an identity, in the order of those tools: secret, certificate, federated token, managed
  /// identity; `read` yields the contents of a file, `nil` where it cannot be read.
  ///
  /// - Throws: `missingVariables` naming what the nearest way to sign in lacks, `unusableVariable`.
  package init(
    environment: [String: String],
    endpoints: GraphEndpoints,
    read: @escaping @Sendable (_ path: String) -> [UInt8]?
  ) throws(GraphSetupError) {
    let variables = Variables(values: environment)
    try variables.checkAuthority(endpoints)
    if let managed = try Self.managed(variables) {
      self = managed
      return
    }
    var missing: [String] = []
    let tenant = variables["AZURE_TENANT_ID"] ?? ""
    if tenant.isEmpty { missing.append("AZURE_TENANT_ID") }
    let client = variables["AZURE_CLIENT_ID"] ?? ""
    if client.isEmpty { missing.append("AZURE_CLIENT_ID") }
    let proof = try Self.proof(variables, client: client, read)
    if proof == nil { missing.append("AZURE_CLIENT_SECRET") }
    guard let proof, missing.isEmpty else { throw .missingVariables(missing) }
    guard let identity = Self(tenant: tenant, proof: proof) else {
      throw .unusableVariable("AZURE_TENANT_ID", reason: "is neither an identifier nor a domain")
    }
    self = identity
  }

  private static func proof(
    _ variables: Variables,
    client: String,
    _ read: @escaping @Sendable (String) -> [UInt8]?
  ) throws(GraphSetupError) -> Proof? {
    if let secret = variables["AZURE_CLIENT_SECRET"] {
      return .secret(client: client, Secret(secret))
    }
    if let path = variables["AZURE_CLIENT_CERTIFICATE_PATH"] {
      return try certificate(variables, client: client, read(path))
    }
    guard let path = variables["AZURE_FEDERATED_TOKEN_FILE"] else { return nil }
    return .federated(client: client) {
      read(path).map { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        return Secret(text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? "")
      }
    }
  }

  private static func certificate(
    _ variables: Variables,
    client: String,
    _ contents: [UInt8]?
  ) throws(GraphSetupError) -> Proof {
    let name = "AZURE_CLIENT_CERTIFICATE_PATH"
    guard let contents else {
      throw .unusableVariable(name, reason: "names a file that cannot be read")
    }
    let password = variables["AZURE_CLIENT_CERTIFICATE_PASSWORD"]
    let sends = variables["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"]?.lowercased()
    do throws(CryptoError) {
      let credential = try CertificateCredential(
        contents: SecretBytes(contents),
        password: password.map { SecretBytes(Array($0.utf8)) }
      )
      return .certificate(
        client: client,
        credential,
        sendsChain: sends == "true" || sends == "1"
      )
    } catch {
      throw .unusableVariable(name, reason: "names a file that is of no use: \(error)")
    }
  }

  /// A managed identity where the platform offers one and no other proof was given.
  private static func managed(_ variables: Variables) throws(GraphSetupError) -> Self? {
    let others = [
      "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_FEDERATED_TOKEN_FILE",
    ]
    guard others.allSatisfy({ variables[$0] == nil }) else { return nil }
    let client = variables["AZURE_CLIENT_ID"]
    let tenant = variables["AZURE_TENANT_ID"] ?? "managed-identity"
    if let endpoint = variables["IDENTITY_ENDPOINT"], let header = variables["IDENTITY_HEADER"] {
      let url = try variables.localService("IDENTITY_ENDPOINT", endpoint)
      let proof = Proof.appService(client: client, endpoint: url, header: Secret(header))
      return Self(tenant: tenant, proof: proof)
    }
    if let host = variables["AZURE_POD_IDENTITY_AUTHORITY_HOST"] {
      let service = try variables.localService("AZURE_POD_IDENTITY_AUTHORITY_HOST", host)
      return Self(tenant: tenant, proof: .machine(client: client, service: service))
    }
    guard variables["AZURE_TOKEN_CREDENTIALS"]?.lowercased() == "managedidentitycredential",
      let service = HTTPURL("http://169.254.169.254")
    else { return nil }
    return Self(tenant: tenant, proof: .machine(client: client, service: service))
  }

  /// The variables; an empty one counts as missing.
  private struct Variables {
    let values: [String: String]

    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The host of the sign-in server follows from the cloud; another one is refused, not followed.
    func checkAuthority(_ endpoints: GraphEndpoints) throws(GraphSetupError) {
      guard let text = self["AZURE_AUTHORITY_HOST"], !endpoints.login.isLoopback else { return }
      let url = HTTPURL(text.contains("://") ? text : "https://\(text)")
      guard let url, url.isSameOrigin(as: endpoints.login) else {
        throw .unusableVariable(
          "AZURE_AUTHORITY_HOST",
          reason: "is not the sign-in server of the declared cloud, \(endpoints.login.host)"
        )
      }
    }

    /// A token service of the machine itself: its header must not go anywhere else.
    func localService(_ name: String, _ text: String) throws(GraphSetupError) -> HTTPURL {
      guard let url = HTTPURL(text), url.isLoopback || url.host.isLinkLocal else {
        throw .unusableVariable(name, reason: "is not an address of this machine")
      }
      return url
    }
  }
}

extension String {
  /// Whether it is an address of 169.254.0.0/16 in its plain form.
  fileprivate var isLinkLocal: Bool {
    let parts = split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && hasPrefix("169.254.")
      && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
  }
}
