internal import Access
internal import Declarations

/// Finds what of an export the rules of the declarations refuse, or a plan would act on.
struct ExportReview {
  private(set) var refusals: ExportRefusals
  /// Whether anything was refused that was not before.
  private(set) var hasMore = false
  private let export: TenantExport
  private let guests: Set<EmailAddress>
  private let grants: [EmailAddress: [Resource]]

  init(_ export: TenantExport, _ refusals: ExportRefusals) {
    self.export = export
    self.refusals = refusals
    guests = Set(export.guests)
    grants = Dictionary(grouping: export.grants, by: \.guest).mapValues { $0.map(\.resource) }
  }

  /// Refuses what the rules of the declarations skip.
  mutating func refuse(_ desired: DesiredState, beside before: DesiredState) {
    let known = Set(before.withheld.map(\.address))
    for entry in desired.withheld where !known.contains(entry.address) {
      refuse(entry.address, entry.reason)
    }
    for guest in desired.guests {
      for grant in guest.skippedGrants {
        guard let resource = grant.resource, isNew(resource, of: guest.address) else { continue }
        refuse(resource, of: guest.address, grant.reason)
      }
    }
  }

  /// Refuses what a plan would do something about.
  mutating func refuse(_ plan: Plan, beside before: Plan) {
    let known = Set(before.actions.map { PlannedWrite($0) })
    for action in plan.actions where !known.contains(PlannedWrite(action)) {
      let reason = "a plan would have to \(action.verb.rawValue)"
      if case .grant(let resource, _) = action.operation, isNew(resource, of: action.guest) {
        refuse(resource, of: action.guest, reason)
      } else {
        refuse(action.guest, reason)
      }
    }
    for finding in plan.findings where finding.kind == .conflict {
      if let guest = finding.guest, guests.contains(guest) { refuse(guest, finding.detail) }
    }
    for entry in plan.withheld where guests.contains(entry.address) {
      refuse(entry.address, entry.reason)
    }
  }

  private func isNew(_ resource: Resource, of guest: EmailAddress) -> Bool {
    grants[guest]?.contains(resource) ?? false
  }

  private mutating func refuse(_ address: EmailAddress, _ reason: String) {
    guard let account = export.accounts[address] else { return }
    hasMore = true
    if guests.contains(address) {
      refusals.guests[account] = reason
    } else {
      for resource in grants[address] ?? [] { refuse(resource, of: address, reason) }
    }
  }

  private mutating func refuse(_ resource: Resource, of guest: EmailAddress, _ reason: String) {
    guard let account = export.accounts[guest] else { return }
    hasMore = true
    refusals.grants[account, default: [:]][resource] = reason
  }

  /// What makes two actions of two plans the same.
  private struct PlannedWrite: Hashable {
    var guest: EmailAddress
    var operation: Action.Operation

    init(_ action: Action) {
      guest = action.guest
      operation = action.operation
    }
  }
}
