/// Meters calls as FACTS section 7 documents: resource units and writes of each application in the
/// tenant, writes and invitations of all together, and reports.
struct Limiter: Sendable {
  /// Without, nothing is ever refused.
  var isEnforced = true
  /// Some services send `Retry-After`, some do not.
  var sendsRetryAfter = true

  private var buckets: [Scope: TokenBucket] = [:]

  private enum Scope: Hashable {
    case units(app: String, capacity: Double)
    case writes(app: String)
    case tenantWrites
    case invitations
    case reports(app: String)
    case signInActivity(app: String)

    var name: String {
      switch self {
      case .units, .writes, .reports, .signInActivity: "Tenant_Application"
      case .tenantWrites, .invitations: "Tenant"
      }
    }

    var information: String {
      switch self {
      case .units: "ResourceUnitLimitExceeded"
      case .writes, .tenantWrites: "WriteLimitExceeded"
      case .invitations, .reports, .signInActivity: "CPULimitExceeded"
      }
    }

    func bucket(now: Timestamp) -> TokenBucket {
      switch self {
      case .units(_, let capacity): TokenBucket(capacity, per: 10, now: now)
      case .writes: TokenBucket(3000, per: 150, now: now)
      case .tenantWrites: TokenBucket(18_000, per: 300, now: now)
      case .invitations: TokenBucket(150, per: 5, now: now)
      case .reports: TokenBucket(5, per: 10, now: now)
      case .signInActivity: TokenBucket(10, per: 60, now: now)
      }
    }
  }

  /// A call as far as its metering goes.
  struct Charge {
    let operation: Operation
    let units: Int
    let app: String
    let tenantID: ObjectID
    let users: Int
    let selectsSignInActivity: Bool
  }

  /// Charges a call.
  ///
  /// - Returns: The share of the application's resource units that is used.
  /// - Throws: 429 with the headers of the documentation.
  mutating func charge(_ charge: Charge, now: Timestamp) throws -> Double {
    guard isEnforced else { return 0 }
    let units = Scope.units(
      app: charge.app,
      capacity: Self.resourceUnits(users: charge.users)
    )
    var refused: (scope: Scope, seconds: Double)?
    for (scope, amount) in amounts(charge, units) {
      var bucket = buckets[scope] ?? scope.bucket(now: now)
      if let seconds = bucket.take(Double(amount), now: now) { refused = (scope, seconds) }
      buckets[scope] = bucket
    }
    if let refused { throw failure(refused.scope, refused.seconds, charge) }
    return buckets[units]?.usage(now: now) ?? 0
  }

  private func amounts(_ charge: Charge, _ units: Scope) -> [(Scope, Int)] {
    var amounts: [(Scope, Int)] = []
    if charge.units > 0 { amounts.append((units, charge.units)) }
    if charge.operation.isMeteredWrite {
      amounts.append((.writes(app: charge.app), 1))
      amounts.append((.tenantWrites, 1))
    }
    if charge.operation.template.hasPrefix("/invitations") { amounts.append((.invitations, 1)) }
    if charge.operation.template.hasPrefix("/auditLogs/") {
      amounts.append((.reports(app: charge.app), 1))
    }
    if charge.selectsSignInActivity { amounts.append((.signInActivity(app: charge.app), 1)) }
    return amounts
  }

  /// Resource units in ten seconds, for one application in a tenant of so many users.
  private static func resourceUnits(users: Int) -> Double {
    users < 50 ? 3500 : users <= 500 ? 5000 : 8000
  }

  private func failure(_ scope: Scope, _ seconds: Double, _ charge: Charge) -> GraphFailure {
    let kind = charge.operation.isMeteredWrite ? "ReadWrite" : "Read"
    return .throttled(
      retryAfter: sendsRetryAfter ? max(1, Int(seconds.rounded(.up))) : nil,
      scope: "\(scope.name)/\(kind)/\(charge.app)/\(charge.tenantID)",
      information: scope.information,
      percentage: buckets[scope]?.usage(now: .init(milliseconds: .min / 4)) ?? 1
    )
  }
}

extension GraphFailure {
  /// FACTS section 7: the reply to a call above a limit.
  static func throttled(
    retryAfter: Int?,
    scope: String,
    information: String,
    percentage: Double
  ) -> GraphFailure {
    var failure = GraphFailure(429, "TooManyRequests", "Please retry again later.")
    failure.innerError = ["code": "429", "status": "429", "message": "Please retry after"]
    if let retryAfter { failure.headers.append(("Retry-After", String(retryAfter))) }
    failure.headers.append(("x-ms-throttle-scope", scope))
    failure.headers.append(("x-ms-throttle-information", information))
    failure.headers.append(
      ("x-ms-throttle-limit-percentage", Limiter.percentageText(max(1, percentage)))
    )
    return failure
  }
}

extension Limiter {
  /// FACTS section 7: from 0.8 to 1.8, with one digit and more.
  static func percentageText(_ usage: Double) -> String {
    let hundredths = Int((min(1.8, usage) * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

/// A quota that refills continuously and holds what may be used at once.
struct TokenBucket: Sendable {
  let capacity: Double
  let perSecond: Double
  private var level: Double
  private var updatedAt: Timestamp

  /// Takes a documented limit: so many in so many seconds.
  init(_ count: Double, per seconds: Double, now: Timestamp) {
    capacity = count
    perSecond = count / seconds
    level = count
    updatedAt = now
  }

  /// Takes an amount out.
  ///
  /// What is refused counts too, down to a tenth of the capacity below nothing (FACTS section 7:
  /// requests made while throttled still count).
  ///
  /// - Returns: nil where there was enough, else the seconds until there will be.
  mutating func take(_ amount: Double, now: Timestamp) -> Double? {
    refill(now)
    guard level >= amount else {
      level = max(level - amount, -capacity / 10)
      return (min(amount, capacity) - level) / perSecond
    }
    level -= amount
    return nil
  }

  /// How much of the quota is used: 1 where throttling starts, more while it goes on.
  func usage(now: Timestamp) -> Double {
    var copy = self
    copy.refill(now)
    return 1 - copy.level / capacity
  }

  private mutating func refill(_ now: Timestamp) {
    let elapsed = Double(now.milliseconds - updatedAt.milliseconds) / 1000
    // A clock that is set back gives nothing and takes nothing.
    if elapsed > 0 { level = min(capacity, level + elapsed * perSecond) }
    updatedAt = now
  }
}
