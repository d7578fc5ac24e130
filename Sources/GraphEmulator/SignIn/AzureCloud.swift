internal import Crypto

/// `/metadata/endpoints`: where the services of a cloud are, all of them at the emulator's address.
///
/// Azure CLI and Terraform's provider read it to learn of a cloud that they do not know. From
/// api-version 2022-09-01 on the reply is one cloud, before that a list.
enum CloudMetadata {
  static func endpoints(_ request: SignInRequest) -> Reply {
    guard let version = request.query["api-version"] else {
      return ResourceManager.missingVersion
    }
    let cloud = cloud(at: request.base)
    // Versions are dates, which compare as texts.
    return Reply(200, version >= "2022-09-01" ? cloud : [cloud])
  }

  private static func cloud(at base: String) -> JSONValue {
    let address = JSONValue.string(base)
    let slashed = JSONValue.string(base + "/")
    return [
      "name": "GraphEmulator",
      "authentication": [
        "loginEndpoint": address,
        "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"],
        "tenant": "common", "identityProvider": "AAD",
      ],
      "portal": address, "resourceManager": slashed, "graph": slashed, "graphAudience": slashed,
      "microsoftGraphResourceId": slashed, "gallery": slashed, "batch": slashed, "media": slashed,
      "sqlManagement": slashed, "activeDirectoryDataLake": slashed, "vmImageAliasDoc": slashed,
      "logAnalyticsResourceId": slashed, "appInsightsResourceId": slashed,
      "appInsightsTelemetryChannelResourceId": slashed, "appServiceResourceId": slashed,
      "attestationResourceId": slashed, "synapseAnalyticsResourceId": slashed,
      "ossrdbmsResourceId": slashed,
      // Names under the one top-level domain that can never exist (RFC 6761).
      "suffixes": [
        "acrLoginServer": "azurecr.invalid", "attestationEndpoint": "attest.invalid",
        "azureDataLakeAnalyticsCatalogAndJob": "datalakeanalytics.invalid",
        "azureDataLakeStoreFileSystem": "datalakestore.invalid",
        "azureFrontDoorEndpointSuffix": "azurefd.invalid", "keyVaultDns": "vault.invalid",
        "mariadbServerEndpoint": "mariadb.invalid", "mhsmDns": "managedhsm.invalid",
        "mysqlServerEndpoint": "mysql.invalid", "postgresqlServerEndpoint": "postgres.invalid",
        "sqlServerHostname": "database.invalid", "storage": "core.invalid",
        "storageSyncEndpointSuffix": "afs.invalid", "synapseAnalytics": "dev.invalid",
      ],
    ]
  }
}

/// As much of Azure Resource Manager as a client needs to log in: its tenant and one subscription.
struct ResourceManager: Sendable {
  let signIn: SignIn

  /// `/subscriptions` or `/tenants`, for a token for Resource Manager.
  func list(_ kind: String, _ request: SignInRequest) -> Reply {
    guard request.query["api-version"] != nil else { return Self.missingVersion }
    guard let text = SignIn.bearer(request.headers["authorization"]) else {
      return refusal("AuthenticationFailed", "The 'Authorization' header is missing.")
    }
    guard let token = signIn.tokens.read(text), token.validity.contains(request.now.seconds) else {
      return refusal("InvalidAuthenticationToken", "The access token is invalid or expired.")
    }
    guard case .resourceManager? = TokenResource(identifier: token.audience, base: request.base)
    else {
      return refusal(
        "InvalidAuthenticationTokenAudience",
        "The access token is meant for another resource."
      )
    }
    let entry = kind.lowercased() == "tenants" ? tenant : subscription
    return Reply(200, ["value": [entry], "count": ["type": "Total", "value": 1]])
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

  fileprivate static let missingVersion = error(
    400,
    "MissingApiVersionParameter",
    "The api-version query parameter (?api-version=) is required."
  )

  private static func error(_ status: Int, _ code: String, _ message: String) -> Reply {
    Reply(status, ["error": ["code": .string(code), "message": .string(message)]])
  }

  private func refusal(_ code: String, _ message: String) -> Reply {
    var reply = Self.error(401, code, message)
    reply.headers = [("WWW-Authenticate", "Bearer authorization_uri=\"/\(signIn.tenant.id)\"")]
    return reply
  }
}
