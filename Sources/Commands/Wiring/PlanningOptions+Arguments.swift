internal import Access
internal import Declarations
internal import Reconciliation

extension PlanningOptions {
  /// Reads what a call asks of its plan.
  ///
  /// A saved plan has chosen already: beside it, limits can be lowered and guards answered.
  init(
    _ arguments: Arguments,
    _ desired: DesiredState,
    _ history: DeclarationHistory,
    saved: PlanningOptions? = nil
  ) throws(UsageError) {
    self = saved ?? PlanningOptions()
    if saved != nil, let name = ["target", "only"].first(where: arguments.has) {
      throw UsageError(
        "`--\(name)` cannot be combined with a saved plan",
        hint: "give it to `guestlist plan --out`"
      )
    }
    maxRemovals = Self.lower(maxRemovals, try arguments.count("max-removals"))
    maxInvitations = Self.lower(maxInvitations, try arguments.count("max-invitations"))
    if let text = arguments.value("at") { at = try Self.moment(text) }
    for text in arguments.all("target") { targets.insert(try Self.target(text, desired, history)) }
    for text in arguments.all("only") {
      for word in text.split(separator: ",") { only.insert(try Self.kind(String(word))) }
    }
    for text in arguments.all("accept") { accepted.insert(try Self.answer(text, "accept")) }
    for text in arguments.all("decline") {
      declined.insert(try Self.answer(text, "decline"))
      guard arguments.has("reason") else {
        throw UsageError("`--decline` needs `--reason TEXT`", hint: "the journal keeps it")
      }
    }
  }

  private static func lower(_ saved: Int?, _ given: Int?) -> Int? {
    [saved, given].compactMap { $0 }.min()
  }

  /// A moment, or a day, which means its beginning in UTC.
  private static func moment(_ text: String) throws(UsageError) -> Moment {
    if let moment = Moment(text) { return moment }
    if let day = CalendarDay(text) { return day.start }
    throw UsageError(
      "`--at` takes a day or a moment and not `\(text)`",
      hint: "for example `--at 2027-03-31` or `--at 2027-03-31T12:00:00Z`"
    )
  }

  private static func kind(_ text: String) throws(UsageError) -> Kind {
    if let kind = Kind(rawValue: text) { return kind }
    let kinds = Kind.allCases.map(\.rawValue)
    throw UsageError(
      "unknown kind `\(text)` in `--only`",
      hint: Suggestion.nearest(to: text, among: kinds).map { "did you mean `\($0)`?" }
        ?? "it takes \(kinds.joined(separator: ", "))"
    )
  }

  /// Reads `GUARD:DIGEST`, as the plan prints it.
  private static func answer(
    _ text: String,
    _ option: String
  ) throws(UsageError) -> Acceptance {
    guard let answer = Acceptance(word: text) else {
      throw UsageError(
        "`--\(option)` takes GUARD:DIGEST and not `\(text)`",
        hint: "the plan prints what to give it"
      )
    }
    guard option == "accept" ? answer.name.canBeAccepted : answer.name == .ownership else {
      throw UsageError("the guard `\(answer.name.rawValue)` has no `--\(option)`", hint: nil)
    }
    return answer
  }

  /// An address, the name of a partner, or an alias of the catalog.
  private static func target(
    _ text: String,
    _ desired: DesiredState,
    _ history: DeclarationHistory
  ) throws(UsageError) -> Target {
    if text.contains("@"), let address = AddressNormaliser.address(text) {
      // A guest with a faulty entry, or one that only `removed` names, may be in no history.
      let isKnown =
        history.intervals[.guest(address)] != nil
        || desired.withheld.contains { $0.address == address }
        || desired.removed.contains { $0.address == address }
        || desired.guests.contains { $0.address == address }
      guard isKnown else {
        throw UsageError(
          "`--target \(text)`: this address was never declared",
          hint: Suggestion.nearest(
            to: address.normalised,
            among: desired.guests.map(\.address.normalised)
          ).map { "did you mean `\($0)`?" }
        )
      }
      return .guest(address)
    }
    if desired.partners[PartnerName(text)] != nil { return .partner(PartnerName(text)) }
    if let app = desired.catalog.apps[text] { return .app(app.id) }
    if let group = desired.catalog.groups[text] { return .group(group.id) }
    if let package = desired.catalog.packages[text] { return .package(package.id) }
    let names =
      desired.partners.keys.map(\.text) + desired.catalog.apps.keys + desired.catalog.groups.keys
      + desired.catalog.packages.keys
    throw UsageError(
      "`--target \(text)` is not an address, partner, app, group or package of this commit",
      hint: Suggestion.nearest(to: text, among: names).map { "did you mean `\($0)`?" }
    )
  }
}
