internal import Crypto

/// The endpoints at which a machine or an application of Azure finds its own identity (FACTS
/// section 10).
struct ManagedIdentity: Sendable {
  let signIn: SignIn

  /// The service of a virtual machine: `/metadata/identity/oauth2/token`.
  func instanceToken(_ request: SignInRequest) -> Reply {
    guard request.headers["metadata"]?.lowercased() == "true" else {
      return refusal("invalid_request", "Required metadata header not specified")
    }
    guard request.headers["x-forwarded-for"] == nil else {
      return refusal("invalid_request", "Requests that were forwarded are refused")
    }
    return token(request)
  }

  /// The service of App Service, Functions and Container Apps: `/msi/token`, opened by the secret of
  /// the identity.
  func applicationToken(_ request: SignInRequest) -> Reply {
    guard let header = request.headers["x-identity-header"],
      signIn.clients.contains(where: {
        $0.isManagedIdentity && $0.secret?.matches(header) ?? false
      })
    else {
      return Reply(
        401,
        ["statusCode": 401, "message": "The X-IDENTITY-HEADER is missing or wrong."]
      )
    }
    return token(request)
  }

  private func token(_ request: SignInRequest) -> Reply {
    for name in ["api-version", "resource"] where request.query[name] == nil {
      return refusal("invalid_request", "Required query variable '\(name)' is missing")
    }
    guard let client = identity(request.query) else {
      return refusal("invalid_request", "Identity not found")
    }
    let asked = request.query["resource"] ?? ""
    let audience = TokenResource.trimmed(asked)
    guard let resource = TokenResource(identifier: audience, base: request.base) else {
      return refusal("invalid_resource", "AADSTS500011: The resource '\(asked)' was not found")
    }
    let lifetime = AccessTokens.managedLifetime
    guard
      let token = try? signIn.tokens.issue(
        to: client,
        audience: audience,
        resource: resource,
        now: request.now,
        lifetime: lifetime
      )
    else { return Reply(500, ["error": "server_error"]) }
    let outside = Int(request.outside.seconds)
    return Reply(
      200,
      [
        "access_token": .string(token), "client_id": .string(client.clientID),
        "expires_in": .string(String(lifetime)), "expires_on": .string(String(outside + lifetime)),
        "ext_expires_in": .string(String(lifetime)), "not_before": .string(String(outside - 300)),
        "resource": .string(asked), "token_type": "Bearer",
      ]
    )
  }

  /// The identity that a query names by one of its identifiers, else the first one.
  private func identity(_ query: FormFields) -> RegisteredClient? {
    let identities = signIn.clients.filter(\.isManagedIdentity)
    if let name = query["client_id"]?.lowercased() {
      return identities.first { $0.clientID == name }
    }
    if let name = (query["object_id"] ?? query["principal_id"])?.lowercased() {
      return identities.first { $0.objectID == name }
    }
    guard query["msi_res_id"] == nil, query["mi_res_id"] == nil else { return nil }
    return identities.first
  }

  private func refusal(_ error: String, _ description: String) -> Reply {
    Reply(400, ["error": .string(error), "error_description": .string(description)])
  }
}
