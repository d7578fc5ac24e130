/// The tenant, and what reads see of it while its replicas are late (FACTS section 9).
struct TenantState: Sendable {
  var tenant: Tenant
  var counts = RequestCounts()
  /// Writes that reads do not show yet, oldest first, each with the tenant as it was before it.
  private var pending: [(until: Timestamp, before: Tenant)] = []

  init(_ tenant: Tenant) { self.tenant = tenant }

  /// Answers from the tenant as reads see it; what is changed on the way is forgotten.
  mutating func read<Value>(_ body: (inout Tenant) throws -> Value) rethrows -> Value {
    settle()
    guard var late = pending.first?.before else { return try body(&tenant) }
    return try body(&late)
  }

  /// Changes the tenant, and keeps the change out of the sight of reads for so long.
  mutating func write<Value>(
    lagSeconds: Int64,
    _ body: (inout Tenant) throws -> Value
  ) rethrows -> Value {
    settle()
    guard lagSeconds > 0 else { return try body(&tenant) }
    let before = tenant
    let value = try body(&tenant)
    pending.append((tenant.now.adding(seconds: lagSeconds), before))
    settle()
    return value
  }

  /// Puts another tenant in the place of this one.
  mutating func replace(with other: Tenant) {
    tenant = other
    pending = []
  }

  /// Shows what has come of age.
  private mutating func settle() {
    let now = tenant.now
    pending.removeFirst(pending.prefix { $0.until <= now }.count)
    tenant.unseenFrom = pending.first?.before.nextNumber ?? .max
  }
}
