internal import Crypto

/// `/{tenant}/oauth2/v2.0/token`, and the older `/{tenant}/oauth2/token`, for applications that sign
/// in by themselves (FACTS section 10).
struct TokenEndpoint: Sendable {
  let signIn: SignIn
  /// As the path names it.
  let tenantName: String

  func reply(to request: SignInRequest, _ moment: SignInMoment) -> SignInReply {
    let correlation = request.headers["client-request-id"].flatMap { ObjectID($0)?.text }
    do throws(SignInFailure) {
      return SignInReply(status: 200, try token(for: request, moment))
    } catch {
      return signIn.reply(for: error, correlation: correlation, now: moment.now)
    }
  }

  private func token(
    for request: SignInRequest,
    _ moment: SignInMoment
  ) throws(SignInFailure) -> JSONValue {
    let form = FormFields(request.body)
    let basic = BasicCredential(request.headers["authorization"])
    try signIn.checkTenant(tenantName)
    guard let grant = form["grant_type"] else { throw .missing("grant_type") }
    guard grant == "client_credentials" else { throw .unsupportedGrant(grant) }
    guard let name = form["client_id"] ?? basic?.name else { throw .missing("client_id") }
    guard let client = signIn.clients.first(where: { $0.clientID == name.lowercased() }) else {
      throw .unknownClient(name, tenant: signIn.tenant.displayName)
    }
    let audience = try audience(form)
    guard let resource = TokenResource(identifier: audience, base: request.base) else {
      throw .unknownResource(audience, tenant: signIn.tenant.displayName)
    }
    try ClientProof(form, secret: basic?.secret)
      .check(of: client, audiences: audiences(request), now: moment.outside)
    guard
      let token = try? signIn.tokens.issue(
        to: client,
        audience: audience,
        resource: resource,
        now: moment.now,
        lifetime: AccessTokens.lifetime
      )
    else { throw .unavailable }
    return body(token, audience, form, moment)
  }

  /// The resource of `scope`, which ends in `/.default`; of `resource` in the older form.
  private func audience(_ form: FormFields) throws(SignInFailure) -> String {
    if form["scope"] == nil, let resource = form["resource"] { return resource }
    guard let scope = form["scope"] else { throw .missing("scope") }
    // Clients of the authorization-code flow add these to whatever they ask for.
    let asked = scope.split(separator: " ").filter {
      !["openid", "profile", "offline_access"].contains($0)
    }
    guard asked.count == 1, asked[0].hasSuffix("/.default"), asked[0] != "/.default" else {
      throw .invalidScope(scope)
    }
    return TokenResource.trimmed(String(asked[0].dropLast("/.default".count)))
  }

  /// What an assertion for this endpoint may call it: by either name of the tenant.
  private func audiences(_ request: SignInRequest) -> Set<String> {
    var names: Set<String> = []
    for name in [signIn.tenant.id, tenantName.lowercased()] {
      let root = "\(TokenResource.trimmed(request.base).lowercased())/\(name)"
      names.formUnion([root, "\(root)/v2.0", "\(root)/oauth2/token", "\(root)/oauth2/v2.0/token"])
    }
    return names
  }

  private func body(
    _ token: String,
    _ audience: String,
    _ form: FormFields,
    _ moment: SignInMoment
  ) -> JSONValue {
    let lifetime = String(AccessTokens.lifetime)
    guard form["scope"] == nil else {
      return [
        "token_type": "Bearer", "expires_in": .number(lifetime),
        "ext_expires_in": .number(lifetime), "access_token": .string(token),
      ]
    }
    // The older endpoint writes its numbers as texts.
    let now = moment.outside.seconds
    return [
      "token_type": "Bearer", "expires_in": .string(lifetime), "ext_expires_in": .string(lifetime),
      "expires_on": .string(String(now + AccessTokens.lifetime)),
      "not_before": .string(String(now - 300)), "resource": .string(audience),
      "access_token": .string(token),
    ]
  }
}
