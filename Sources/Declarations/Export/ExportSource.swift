package import Access

/// A tenant beside its declarations: what an export is made from.
package struct ExportSource: Sendable {
  package var state: TenantState
  /// The tenant as its declarations name it, or as it names itself where there are none.
  package var tenant: TenantDeclaration
  /// What is declared; `nil` where no file has a `tenant` section yet.
  package var declared: DesiredState?
  /// Whether the declarations say which paths may declare what.
  package var hasAuthority = false
  package var files: [SourceFile]
  /// What each account holds that was never declared, by the plan of the declarations.
  package var undeclared: [UserID: Set<Resource>] = [:]
  /// The entries of accounts that are declared.
  package var entries: [UserID: GuestEntry] = [:]
  /// What an earlier commit declared, and none does any longer.
  package var removed: Set<EntryKey> = []

  package init(
    state: TenantState,
    tenant: TenantDeclaration,
    declared: DesiredState?,
    files: [SourceFile]
  ) {
    self.state = state
    self.tenant = tenant
    self.declared = declared
    self.files = files
  }
}

/// Something that an export leaves out, and why.
package struct ExportOmission: Hashable, Sendable, Comparable {
  package var reason: Reason
  /// Whom or what it is about.
  package var subject: String
  package var detail: String?
  /// How many guests it concerns.
  package var count = 1

  package init(_ reason: Reason, _ subject: String, _ detail: String? = nil) {
    self.reason = reason
    self.subject = subject
    self.detail = detail
  }

  /// In the order in which they are listed.
  package enum Reason: Int, Hashable, Sendable, CaseIterable {
    case publicDomain, ownDomain, noAddress, sharedAddress, otherIdentity, removedBefore, refused
    case unwritableFile
    case group, role, package
    /// Of entries that are written: a name or a sponsor that declarations cannot hold.
    case name, sponsor

    /// Whether a guest or a grant is missing for it.
    package var isEntry: Bool { self != .name && self != .sponsor }
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.reason.rawValue, left.subject, left.detail ?? "")
      < (right.reason.rawValue, right.subject, right.detail ?? "")
  }
}

/// What an export must leave out, because the declarations or the plan of them would refuse it.
package struct ExportRefusals: Sendable {
  package var guests: [UserID: String] = [:]
  package var grants: [UserID: [Resource: String]] = [:]

  package init() {}
}
