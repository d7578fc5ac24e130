internal import Crypto

/// As much of Azure Resource Manager as a client needs to log in: its tenant and one subscription.
struct ResourceManager: Sendable {
  let signIn: SignIn

  /// `/subscriptions` or `/tenants`, for whoever has a token for Resource Manager.
  func list(_ kind: String, _ request: SignInRequest, _ now: Timestamp) -> SignInReply {
    guard FormFields(request.query.utf8)["api-version"] != nil else {
      return refusal(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required."
      )
    }
    guard let text = SignIn.bearer(request.headers["authorization"]) else {
      return refusal(401, "AuthenticationFailed", "The 'Authorization' header is missing.")
    }
    guard let token = signIn.tokens.read(text), token.validity.contains(now.seconds) else {
      return refusal(401, "InvalidAuthenticationToken", "The access token is invalid or expired.")
    }
    guard case .resourceManager? = TokenResource(identifier: token.audience, base: request.base)
    else {
      return refusal(
        401,
        "InvalidAuthenticationTokenAudience",
        "The access token is meant for another resource."
      )
    }
    let entry = kind.lowercased() == "tenants" ? tenant : subscription
    return SignInReply(
      status: 200,
      ["value": [entry], "count": ["type": "Total", "value": 1]]
    )
  }

  private var tenant: JSONValue {
    let id = signIn.tenant.id
    return [
      "id": .string("/tenants/\(id)"), "tenantId": .string(id), "countryCode": "SE",
      "displayName": .string(signIn.tenant.displayName),
      "domains": .array(signIn.tenant.domains.map { .string($0) }),
      "defaultDomain": .string(signIn.tenant.domains.first ?? ""), "tenantType": "AAD",
      "tenantCategory": "Home",
    ]
  }

  private var subscription: JSONValue {
    let id = DerivedIdentity.guid("subscription", signIn.tenant.id)
    return [
      "id": .string("/subscriptions/\(id)"), "authorizationSource": "RoleBased",
      "managedByTenants": [], "subscriptionId": .string(id),
      "tenantId": .string(signIn.tenant.id), "displayName": "Emulated", "state": "Enabled",
      "subscriptionPolicies": [
        "locationPlacementId": "Public_2014-09-01", "quotaId": "PayAsYouGo_2014-09-01",
        "spendingLimit": "Off",
      ],
    ]
  }

  private func refusal(_ status: Int, _ code: String, _ message: String) -> SignInReply {
    SignInReply(
      status: status,
      ["error": ["code": .string(code), "message": .string(message)]],
      headers: status == 401
        ? [("WWW-Authenticate", "Bearer authorization_uri=\"/\(signIn.tenant.id)\"")] : []
    )
  }
}
