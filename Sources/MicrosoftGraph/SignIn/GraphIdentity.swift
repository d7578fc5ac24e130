package import Crypto
package import HTTP

/// Who we are, and how we show it (FACTS section 10).
package struct GraphIdentity: Sendable {
  /// The tenant to sign in to, as an identifier or a domain; a managed identity has its own.
  package let tenant: String
  /// What is shown for it.
  package let proof: Proof

  /// Takes a tenant and a proof; `nil` where the tenant cannot stand in an address.
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
}
