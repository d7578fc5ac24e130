internal import Access
internal import YAML

extension Lifecycle {
  static let section = Section<Self>("lifecycle", "`lifecycle`", "in one file") {
    Key(
      "block",
      .boolean,
      "Whether a removed guest's sign-in is blocked before the account is deleted.",
      default: "`true`"
    ) { $0.block = $1 }
    Key(
      "deleteAfter",
      .spanOrNever,
      "How long after our block an account is deleted.",
      default: "`30d`"
    ) { $0.deleteAfter = $1 }
    Key(
      "resendAfter",
      .spanOrNever,
      "How long an invitation may stay unredeemed before it is sent again.",
      default: "`never`"
    ) { $0.resendAfter = $1 }
    Key(
      "resendLimit",
      .integer(0...100),
      "How often an invitation is sent again.",
      default: "`2`"
    ) { $0.resendLimit = $1 }
    Key(
      "reviewEvery",
      .spanOrNever,
      "How long after `reviewed` a review is due.",
      default: "`180d`"
    ) { $0.reviewEvery = $1 }
    Key("warnBefore", .span, "How long before its end an entry is reported.", default: "`14d`") {
      $0.warnBefore = $1
    }
    Key(
      "drift",
      .choice(Lifecycle.Drift.self),
      "What happens to a declared grant that was removed outside Guestlist.",
      default: "`restore`"
    ) { $0.drift = $1 }
  }
}

extension GuardLimits {
  static let section = Section<Self>("guards", "`guards`", "in one file") {
    Key("removals", inline: removals, "Guests that lose access.")
    Key(
      "expiries",
      .guestCount,
      "Guests whose end date has come, where it was merged at least seven days before.",
      default: "`{guests: 100}`"
    ) { $0.expiredGuests = $1 ?? $0.expiredGuests }
    Key(
      "invitations",
      .guestCount,
      "Guests that are mailed, resends included.",
      default: "`{guests: 50}`"
    ) { $0.invitedGuests = $1 ?? $0.invitedGuests }
    Key("grants", inline: grantCount, "Grants given.", default: "`{count: 200}`")
    Key("identityChanges", .guestCount, "Guests whose address changes.", default: "`{guests: 3}`") {
      $0.identityChanges = $1 ?? $0.identityChanges
    }
    Key(
      "loosened",
      .attempted(.choice(GuardLimits.Loosened.self)),
      "What happens when a rule is loosened and used at once.",
      default: "`report`"
    ) { $0.loosened = $1 ?? .hold }
    Key(
      "protected",
      .list(.address),
      "Addresses that nothing is taken from.",
      default: "none"
    ) { $0.protected.formUnion($1) }
  }

  private static let removals = Section<Self>(
    "guards.removals",
    "`guards.removals`",
    "in `guards`"
  ) {
    Key("guests", .integer, "Distinct guests in one run.", default: "`10`") {
      $0.removedGuests = $1
    }
    Key("percent", .integer(0...100), "Share of the owned guests.", default: "`25`") {
      $0.removedPercent = $1
    }
    Key(
      "floor",
      .integer,
      "How many must be owned before the share means anything.",
      default: "`20`"
    ) { $0.removedFloor = $1 }
  }

  private static let grantCount = Section<Self>("guards.grants", "`guards.grants`", "in `guards`") {
    Key("count", .integer, "Grants in one run.", required: true) { $0.grants = $1 }
  }

  fileprivate static let guestCount = Section<Int?>("guards.guests", "a guard", "in `guards`") {
    Key("guests", .integer, "Distinct guests in one run.", required: true) { $0 = $1 }
  }
}

extension ValueType where Value == Int? {
  fileprivate static var guestCount: Self { .section(GuardLimits.guestCount, over: nil) }
}

/// What files that a path pattern fits may declare.
struct AuthorityDeclaration: Sendable {
  var glob: String
  var partners: [Marked<String>] = []
  var allowance = AllowanceDeclaration()

  fileprivate static let section = Section<Self>(
    "authority",
    "a path of `authority`",
    "in one file, directly in the folder"
  ) {
    Key(
      "partners",
      .list(.marked(.alias(of: "a partner"))),
      "Partners that may be declared, with their guests.",
      default: "none"
    ) { $0.partners = $1 }
    Key("apps", .list(.pattern), "Roles that may be granted.", default: "none") {
      $0.allowance.apps = $1
    }
    Key(
      "groups",
      .list(.marked(.alias(of: "a group"))),
      "Groups that may be granted.",
      default: "none"
    ) { $0.allowance.groups = $1 }
    Key(
      "packages",
      .list(.marked(.alias(of: "a package"))),
      "Packages that may be granted.",
      default: "none"
    ) { $0.allowance.packages = $1 }
  }
}

extension ValueType where Value == [Marked<AuthorityDeclaration>] {
  static var authority: Self {
    Self(.named("glob of files", .section(AuthorityDeclaration.section.definition))) {
      decoder,
      node,
      key in
      var found: Value = []
      for (name, value) in decoder.named(node, key, "paths to what their files may declare") {
        guard let glob = decoder.text(name, key) else { continue }
        guard PathGlob(glob) != nil else {
          let message = "`\(decoder.shown(name))` is not a path pattern below the folder"
          decoder.report(.wrongValue, message, at: name)
          continue
        }
        var authority = AuthorityDeclaration(glob: glob)
        AuthorityDeclaration.section.read(value, into: &authority, &decoder)
        found.append(Marked(value: authority, mark: decoder.mark(name)))
      }
      return found
    }
  }
}

/// Whose signatures commits need.
package struct TrustPolicy: Hashable, Sendable {
  package var requirement = Requirement.none
  /// Files relative to the folder; `*.asc` holds OpenPGP keys, any other is in the form of SSH.
  package var signers: [String] = []

  package enum Requirement: String, Hashable, Sendable, CaseIterable {
    case none, range
  }

  fileprivate static let section = Section<Self>(
    "trust",
    "`trust`",
    "in one file, directly in the folder"
  ) {
    Key(
      "require",
      .choice(Requirement.self),
      "`range`: every commit since the last applied one is signed.",
      default: "`none`"
    ) { $0.requirement = $1 }
    Key(
      "signers",
      .list(.path),
      "Files of signers; `*.asc` holds OpenPGP keys, any other is in the form of SSH.",
      default: "none"
    ) { $0.signers = $1 }
    Key(
      unsupported: "portal",
      .path,
      "The key of the sign-up page. Not supported by this version.",
      default: "none"
    )
  }
}

extension ValueType where Value == TrustPolicy {
  static var trust: Self {
    Self(.section(TrustPolicy.section.definition)) { decoder, node, _ in
      var trust = TrustPolicy()
      guard TrustPolicy.section.read(node, into: &trust, &decoder) else { return nil }
      if trust.requirement == .range, trust.signers.isEmpty {
        decoder.report(.missingKey, "`require: range` needs `signers`", at: node)
      }
      return trust
    }
  }
}

/// An exception as far as it could be read.
private struct ExceptionDraft: Sendable {
  var guest: EmailAddress?
  var rule: ExceptedRule?
  var until: Moment?
  var reason: String?

  static let section = Section<Self>(
    "exceptions",
    "an exception",
    "in any file that may declare everything"
  ) {
    Key("entry", .address, "The guest.", required: true) { $0.guest = $1 }
    Key("rule", .choice(ExceptedRule.self), "The rule.", required: true) { $0.rule = $1 }
    Key("until", .ending, "The last day of the exception.", required: true) { $0.until = $1 }
    Key("reason", .text, "Why.", required: true) { $0.reason = $1 }
  }
}

extension ValueType where Value == Marked<RuleException> {
  static var exception: Self {
    Self(.section(ExceptionDraft.section.definition)) { decoder, node, _ in
      var draft = ExceptionDraft()
      ExceptionDraft.section.read(node, into: &draft, &decoder)
      guard let guest = draft.guest, let rule = draft.rule, let until = draft.until,
        let reason = draft.reason
      else { return nil }
      let exception = RuleException(
        guest: guest,
        rule: rule,
        until: until,
        reason: reason,
        place: decoder.place(node)
      )
      return Marked(value: exception, mark: decoder.mark(node))
    }
  }
}

extension ReportLinks {
  static let section = Section<Self>("links", "`links`", "in one file") {
    Key("commit", .template("{sha}"), "The page of a commit; `{sha}` is its name.", default: "none")
    {
      $0.commit = $1
    }
    Key(
      "pull",
      .template("{number}"),
      "The page of a pull request; `{number}` is its number.",
      default: "none"
    ) { $0.pull = $1 }
  }
}

extension ValueType where Value == String {
  fileprivate static func template(_ placeholder: String) -> Self {
    Self(.link) { decoder, node, key in
      guard let text = decoder.link(node, key) else { return nil }
      if text.split(separator: placeholder, omittingEmptySubsequences: false).count == 2 {
        return text
      }
      decoder.report(.wrongValue, "`\(key)` must contain `\(placeholder)` once", at: node)
      return nil
    }
  }
}

/// A pause as far as it could be read.
private struct SuspensionDraft: Sendable {
  var until: Moment?
  var reason: String?

  static let section = Section<Self>("suspend", "`suspend`", "in one file") {
    Key("until", .ending, "The end of the pause.", required: true) { $0.until = $1 }
    Key("reason", .text, "Why.", required: true) { $0.reason = $1 }
  }
}

extension ValueType where Value == Suspension {
  static var suspension: Self {
    Self(.section(SuspensionDraft.section.definition)) { decoder, node, _ in
      var draft = SuspensionDraft()
      SuspensionDraft.section.read(node, into: &draft, &decoder)
      guard let until = draft.until, let reason = draft.reason else { return nil }
      return Suspension(until: until, reason: reason)
    }
  }
}
