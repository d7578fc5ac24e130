/// What the emulator was asked since it started or was reset, route by route.
struct RequestCounts: Sendable {
  struct Row: Sendable {
    var requests = 0
    var resourceUnits = 0
    var writes = 0
    var failures = 0
  }

  private(set) var rows: [String: Row] = [:]
  /// HTTP requests, a batch as one.
  var roundTrips = 0

  mutating func add(route: String, units: Int, writes: Int, status: Int) {
    rows[route, default: Row()].requests += 1
    rows[route, default: Row()].resourceUnits += units
    rows[route, default: Row()].writes += writes
    if status >= 400 { rows[route, default: Row()].failures += 1 }
  }

  /// `writes` counts the write operations that were tried, `failures` the replies of 400 and above.
  var json: JSONValue {
    let total = rows.values.reduce(into: Row()) { total, row in
      total.requests += row.requests
      total.resourceUnits += row.resourceUnits
      total.writes += row.writes
      total.failures += row.failures
    }
    return [
      "roundTrips": .integer(roundTrips),
      "total": Self.json(total),
      "routes": .object(rows.mapValues(Self.json)),
    ]
  }

  private static func json(_ row: Row) -> JSONValue {
    [
      "requests": .integer(row.requests),
      "resourceUnits": .integer(row.resourceUnits),
      "writes": .integer(row.writes),
      "failures": .integer(row.failures),
    ]
  }
}
