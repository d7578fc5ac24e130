/// The two clients of a scenario that names none.
enum DefaultClients {
  /// The first holds every permission that an operation of the emulator asks for, the second those
  /// with which nothing can be changed.
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
      secret: DerivedIdentity.secret("client", role, String(seed)),
      permissions: permissions,
      isManagedIdentity: managed
    )
  }
}
