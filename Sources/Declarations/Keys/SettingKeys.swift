internal import Access
internal import YAML

extension Lifecycle {
  static let section = Section<Self>("lifecycle", "`lifecycle`", "in one file") {
    Key("block", .boolean) { $0.block = $1 }
      .means(
        "Whether a removed guest's sign-in is blocked before the account is deleted.",
        default: "`true`"
      )
    Key("deleteAfter", .spanOrNever) { $0.deleteAfter = $1 }
      .means("How long after our block an account is deleted.", default: "`30d`")
    Key("resendAfter", .spanOrNever) { $0.resendAfter = $1 }
      .means(
        "After how long an invitation that is not redeemed is sent again.",
        default: "`never`"
      )
    Key("resendLimit", .integer(0...100)) { $0.resendLimit = $1 }
      .means("How many times an invitation is sent again.", default: "`2`")
    Key("reviewEvery", .spanOrNever) { $0.reviewEvery = $1 }
      .means("How long after `reviewed` a review is due.", default: "`180d`")
    Key("warnBefore", .span) { $0.warnBefore = $1 }
      .means("How long before its end access is reported as ending soon.", default: "`14d`")
    Key("drift", .choice(Lifecycle.Drift.self)) { $0.drift = $1 }
      .means(
        "What happens to a declared grant that was removed outside Guestlist.",
        default: "`restore`"
      )
  }
}

extension GuardLimits {
  static let section = Section<Self>("guards", "`guards`", "in one file") {
    Key("removals", inline: removals)
      .means("Guests that lose access.")
    Key("expiries", .guestCount) { $0.expiredGuests = $1 ?? $0.expiredGuests }
      .means(
        "Guests that lose access by an end date, merged at least seven days before.",
        default: "`{guests: 100}`"
      )
    Key("invitations", .guestCount) { $0.invitedGuests = $1 ?? $0.invitedGuests }
      .means("Guests that are mailed, again or for the first time.", default: "`{guests: 50}`")
    Key("grants", inline: grantCount)
      .means("Grants given.", default: "`{count: 200}`")
    Key("identityChanges", .guestCount) { $0.identityChanges = $1 ?? $0.identityChanges }
      .means("Guests whose address changes.", default: "`{guests: 3}`")
    Key("loosened", .attempted(.choice(GuardLimits.Loosened.self))) { $0.loosened = $1 ?? .hold }
      .means("What happens when a rule is loosened and used in one change.", default: "`report`")
    Key("protected", .list(.address)) { $0.protected.formUnion($1) }
      .means("Addresses that nothing is taken from.", default: "none")
  }

  private static let removals = Section<Self>(
    "guards.removals",
    "`guards.removals`",
    "in `guards`"
  ) {
    Key("guests", .integer) { $0.removedGuests = $1 }
      .means("Distinct guests in one run.", default: "`10`")
    Key("percent", .integer(0...100)) { $0.removedPercent = $1 }
      .means("The share of the owned guests, in percent.", default: "`25`")
    Key("floor", .integer) { $0.removedFloor = $1 }
      .means("From how many owned guests on `percent` counts.", default: "`20`")
  }

  private static let grantCount = Section<Self>("guards.grants", "`guards.grants`", "in `guards`") {
    Key("count", .integer, required: true) { $0.grants = $1 }
      .means("Grants in one run.")
  }

  fileprivate static let guestCount = Section<Int?>("guards.guests", "a guard", "in `guards`") {
    Key("guests", .integer, required: true) { $0 = $1 }
      .means("Distinct guests in one run.")
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
    Key("partners", .list(.marked(.alias(of: "a partner")))) { $0.partners = $1 }
      .means("Partners that may be declared, with their guests.", default: "none")
    Key("apps", .list(.pattern)) { $0.allowance.apps = $1 }
      .means("Roles that may be granted.", default: "none")
    Key("groups", .list(.marked(.alias(of: "a group")))) { $0.allowance.groups = $1 }
      .means("Groups that may be granted.", default: "none")
    Key("packages", .list(.marked(.alias(of: "a package")))) { $0.allowance.packages = $1 }
      .means("Packages that may be granted.", default: "none")
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
    Key("require", .choice(Requirement.self)) { $0.requirement = $1 }
      .means("`range`: every commit since the last applied one must be signed.", default: "`none`")
    Key("signers", .list(.path)) { $0.signers = $1 }
      .means(
        "Files of signers: OpenPGP keys in `*.asc`, SSH's `allowed_signers` in any other.",
        default: "none"
      )
    Key(unsupported: "portal", .path)
      .means("The key of the sign-up page. Not supported by this version.", default: "none")
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
    Key("entry", .address, required: true) { $0.guest = $1 }
      .means("The guest.")
    Key("rule", .choice(ExceptedRule.self), required: true) { $0.rule = $1 }
      .means("The rule.")
    Key("until", .ending, required: true) { $0.until = $1 }
      .means("The last day of the exception.")
    Key("reason", .text, required: true) { $0.reason = $1 }
      .means("Why.")
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
    Key("commit", .template("{sha}")) { $0.commit = $1 }
      .means("The page of a commit; `{sha}` is its name.", default: "none")
    Key("pull", .template("{number}")) { $0.pull = $1 }
      .means("The page of a pull request; `{number}` is its number.", default: "none")
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
    Key("until", .ending, required: true) { $0.until = $1 }
      .means("The end of the pause.")
    Key("reason", .text, required: true) { $0.reason = $1 }
      .means("Why.")
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
