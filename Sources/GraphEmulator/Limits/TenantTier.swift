/// The size of a tenant, by which its quota is documented (FACTS section 7).
enum TenantTier: Sendable, Equatable {
  case small, medium, large

  init(users: Int) {
    self = users < 50 ? .small : users <= 500 ? .medium : .large
  }

  /// Resource units in ten seconds, for one application in the tenant.
  var resourceUnits: Double {
    switch self {
    case .small: 3500
    case .medium: 5000
    case .large: 8000
    }
  }
}
