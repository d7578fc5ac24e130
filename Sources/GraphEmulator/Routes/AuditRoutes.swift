/// The directory's audit log, read only, and the contacts beside it.
enum AuditRoutes {
  private static let audits = EntityCollection(
    name: .directoryAudits,
    path: "/auditLogs/directoryAudits",
    context: "auditLogs/directoryAudits"
  )

  static func register(in table: inout RouteTable) {
    audits.list(in: &table)
    audits.read(in: &table)
  }
}
