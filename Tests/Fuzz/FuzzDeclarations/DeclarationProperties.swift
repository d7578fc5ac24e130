internal import Access
internal import Declarations
internal import TestSupport

/// What must be true of reading declarations for any bytes.
enum DeclarationProperties {
  private static let organisation = Array(
    """
    tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: Contoso, domains: [contoso.example]}
    authority: {"p/**": {partners: [f], apps: ["a:*"], groups: [g]}}
    apps: {a: {appId: 0f3c0000-0000-4000-8000-000000000010}}
    groups: {g: {id: 7a000000-0000-4000-8000-000000000020}}
    bundles: {b: {apps: ["a:R"], groups: [g]}}
    partners: {f: {domains: [f.example, "*.f.example"], includes: [b], limits: {stay: 30d}}}

    """.utf8
  )

  private static let now = Moment("2027-01-01T00:00:00Z")

  /// Ends the process where a property does not hold.
  static func hold(for bytes: [UInt8]) {
    let alone = [SourceFile(path: "p/x.yaml", bytes: bytes)]
    let together = alone + [SourceFile(path: "guestlist.yaml", bytes: organisation)]
    let reader = DeclarationReader()
    check(reader.read(alone, now: now))
    let reading = reader.read(together, now: now)
    check(reading)
    if let desired = reading.desired { checkHistory(of: desired, in: together) }
  }

  private static func check(_ reading: DeclarationReading) {
    for finding in reading.findings {
      precondition(finding.length >= 1)
      precondition(!finding.message.isEmpty)
      if let place = finding.place { precondition(place.line >= 1 && place.column >= 1) }
    }
    let errors = reading.findings.filter { $0.severity == .error }
    guard let desired = reading.desired else {
      precondition(!errors.isEmpty, "nothing is desired, and nothing says why")
      return
    }
    precondition(!desired.isUsable || !errors.contains { $0.scope == .repository })
    let withheld = Set(desired.withheld.map(\.address))
    let whole = Set(desired.guests.filter(\.skippedGrants.isEmpty).map(\.address))
    for error in errors {
      guard case .entry(let address) = error.scope else { continue }
      precondition(!whole.contains(address), "an entry with an error counts as a whole")
    }
    precondition(desired.guests.allSatisfy { !withheld.contains($0.address) })
    for (guest, next) in zip(desired.guests, desired.guests.dropFirst()) {
      precondition(guest.address < next.address, "guests out of order")
    }
  }

  /// What is declared now is declared to the reader of history too, or it would own too little.
  private static func checkHistory(of desired: DesiredState, in files: [SourceFile]) {
    let entries = IdentityReader().entries(in: files).entries
    for guest in desired.guests {
      precondition(entries[.guest(guest.address)] != nil, "history misses a guest")
      for grant in guest.grants {
        let key = EntryKey.grant(GrantKey(guest: guest.address, resource: grant.resource))
        precondition(entries[key] != nil, "history misses a grant")
      }
    }
  }
}
