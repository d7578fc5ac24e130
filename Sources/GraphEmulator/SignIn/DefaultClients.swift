/// The two clients of a scenario that names none.
enum DefaultClients {
  /// The first holds every permission that an operation of the emulator asks for, the second those
  /// with which nothing can be changed.
  ///
  /// Their identifiers follow from the seed; their secrets are drawn, since whoever can reach the
  /// emulator could compute them otherwise.
  static func make(seed: UInt64) -> [RegisteredClient] {
    [
      client("writer", "Guestlist (emulated)", seed, OperationPermissions.all, managed: true),
      client(
        "reader",
        "Guestlist reader (emulated)",
        seed,
        OperationPermissions.all.filter(\.isReadOnly),
        managed: false
      ),
    ]
  }

  private static func client(
    _ role: String,
    _ name: String,
    _ seed: UInt64,
    _ permissions: Set<GraphPermission>,
    managed: Bool
  ) -> RegisteredClient {
    RegisteredClient(
      clientID: DerivedIdentity.guid("client", role, String(seed)),
      displayName: name,
      secret: .drawn(),
      permissions: permissions,
      isManagedIdentity: managed
    )
  }
}
