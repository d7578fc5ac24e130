/// What answers each operation.
struct RouteTable: Sendable {
  typealias Handler = @Sendable (RequestContext, Tenant) throws(GraphFailure) -> Reply

  private(set) var handlers: [String: Handler] = [:]

  subscript(_ route: String) -> Handler? { handlers[route] }

  mutating func on(_ route: String, _ handler: @escaping Handler) { handlers[route] = handler }

  /// Registers one handler for several routes.
  mutating func on(_ routes: [String], _ handler: @escaping Handler) {
    for route in routes { handlers[route] = handler }
  }

  /// Every route of the emulator.
  static let graph: RouteTable = {
    var table = RouteTable()
    UserRoutes.register(in: &table)
    GroupRoutes.register(in: &table)
    ServicePrincipalRoutes.register(in: &table)
    AssignmentRoutes.register(in: &table)
    InvitationRoutes.register(in: &table)
    DeletedItemRoutes.register(in: &table)
    EntityRoutes.register(in: &table)
    AuditRoutes.register(in: &table)
    RoleRoutes.register(in: &table)
    MembershipRoutes.register(in: &table)
    ApplicationRoutes.register(in: &table)
    EntitlementRoutes.register(in: &table)
    DeltaRoutes.register(in: &table)
    return table
  }()
}
