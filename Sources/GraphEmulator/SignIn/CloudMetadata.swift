/// `/metadata/endpoints`: where the services of a cloud are, all of them at the emulator's address.
///
/// Azure CLI and Terraform's provider read it to learn of a cloud that they do not know. From
/// api-version 2022-09-01 on the reply is one cloud, before that a list.
enum CloudMetadata {
  static func endpoints(_ request: SignInRequest) -> SignInReply {
    guard let version = FormFields(request.query.utf8)["api-version"] else {
      return SignInReply(
        status: 400,
        [
          "error": [
            "code": "MissingApiVersionParameter",
            "message": "The api-version query parameter (?api-version=) is required.",
          ]
        ]
      )
    }
    let cloud = cloud(at: request.base)
    // Versions are dates, which compare as texts.
    return SignInReply(status: 200, version >= "2022-09-01" ? cloud : [cloud])
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
