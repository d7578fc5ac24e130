package import Access
internal import Crypto

extension Plan {
  /// The digest over the tenant, the commit, the actions and what they rest on; not over moments,
  /// costs and findings.
  package var computedDigest: String { PlanDigests(self).whole }
}

extension CanonicalJSON {
  /// The hexadecimal SHA-256 of the canonical bytes.
  var sha256: String { SHA256.digest(bytes).hex }
}
