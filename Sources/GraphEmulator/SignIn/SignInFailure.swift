/// Why a token was refused, as Entra says it: an OAuth error and a number of its own.
///
/// The numbers and statuses are those that the service has been seen to send (its reference of
/// AADSTS codes, and clients' reports); the words are ours, since nothing may depend on them.
struct SignInFailure: Error, Hashable, Sendable {
  let status: Int
  let error: String
  let code: Int
  let description: String

  private init(_ status: Int, _ error: String, _ code: Int, _ description: String) {
    self.status = status
    self.error = error
    self.code = code
    self.description = description
  }
}

extension SignInFailure {
  static func unknownTenant(_ name: String) -> Self {
    Self(400, "invalid_request", 90002, "Tenant '\(name)' not found. Check the tenant ID.")
  }

  static func malformedTenant(_ name: String) -> Self {
    let text = "'\(name)' is neither a tenant ID nor a valid domain name."
    return Self(400, "invalid_request", 900_023, text)
  }

  static let noTenant = Self(
    400,
    "invalid_request",
    50059,
    "No tenant is named in the request: an application signs in to one tenant, by ID or domain."
  )

  static func missing(_ parameter: String) -> Self {
    let text = "The request body must contain the following parameter: '\(parameter)'."
    return Self(400, "invalid_request", 900_144, text)
  }

  static func unsupportedGrant(_ name: String) -> Self {
    Self(400, "unsupported_grant_type", 70003, "The grant type '\(name)' is not supported.")
  }

  static func unsupportedAssertionType(_ name: String) -> Self {
    Self(400, "invalid_request", 90023, "The client_assertion_type '\(name)' is not supported.")
  }

  static func invalidScope(_ scope: String) -> Self {
    let text =
      "The scope '\(scope)' is not valid: an application asks for one resource, by its identifier "
      + "with /.default behind it."
    return Self(400, "invalid_scope", 1_002_012, text)
  }

  static func unknownResource(_ resource: String, tenant: String) -> Self {
    let text = "The resource principal '\(resource)' was not found in the tenant '\(tenant)'."
    return Self(400, "invalid_resource", 500_011, text)
  }

  static func unknownClient(_ client: String, tenant: String) -> Self {
    let text = "Application with identifier '\(client)' was not found in the directory '\(tenant)'."
    return Self(400, "unauthorized_client", 700_016, text)
  }

  static let noCredential = Self(
    401,
    "invalid_client",
    7_000_216,
    "'client_assertion' or 'client_secret' is required for the 'client_credentials' grant type."
  )

  static func wrongSecret(_ client: String) -> Self {
    let text =
      "Invalid client secret provided for app '\(client)'. Send the secret's value, not its ID."
    return Self(401, "invalid_client", 7_000_215, text)
  }

  static func malformedAssertion(_ reason: String) -> Self {
    Self(400, "invalid_request", 50027, "The JWT is invalid or malformed: \(reason)")
  }

  static let noThumbprint = Self(
    400,
    "invalid_request",
    5_002_730,
    "Invalid JWT: its header names no certificate thumbprint."
  )

  static func wrongKey(_ reason: String, client: String) -> Self {
    let text =
      "The certificate that signed the client assertion does not prove app '\(client)'. "
      + "[Reason - \(reason)]"
    return Self(401, "invalid_client", 700_027, text)
  }

  static let anotherClient = Self(
    401,
    "invalid_client",
    700_021,
    "The client assertion's issuer and subject must both be the 'client_id' of the request."
  )

  static let wrongAudience = Self(
    401,
    "invalid_client",
    700_023,
    "The client assertion's audience is not this tenant's token endpoint."
  )

  static func outsideValidity(now: String, from: String, until: String) -> Self {
    let text =
      "Client assertion is not within its valid time range. Current time: \(now), assertion valid "
      + "from \(from), expiry time of assertion \(until)."
    return Self(401, "invalid_client", 700_024, text)
  }

  static func unmatchedFederation(_ part: FederatedPart, _ value: String) -> Self {
    let code =
      switch part {
      case .issuer: 700_211
      case .audience: 700_212
      case .subject: 700_213
      }
    let text =
      "No matching federated identity record found for presented assertion \(part.rawValue) "
      + "'\(value)'. The comparison is exact."
    return Self(401, "invalid_client", code, text)
  }

  /// What of a federated assertion no credential matches.
  enum FederatedPart: String, Sendable { case issuer, audience, subject }

  static let unverifiedFederation = Self(
    401,
    "invalid_client",
    50013,
    "Assertion failed signature validation: no key of the issuer made its signature."
  )

  static let unavailable = Self(
    503,
    "temporarily_unavailable",
    90033,
    "The service is temporarily unavailable."
  )

  static let invalidInstance = Self(
    400,
    "invalid_instance",
    50049,
    "The authorization endpoint of the request is not known."
  )
}
