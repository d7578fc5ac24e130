internal import Access
internal import Declarations
internal import Journal

/// `guestlist audit verify`: whether the journal is as it was written.
enum AuditVerifyCommand {
  static let description = CommandDescription(
    name: "audit verify",
    summary: "Check that the journal is complete and unaltered",
    discussion: """
      Goes through the whole chain of the journal and names the first entry that was
      altered, removed or inserted (exit 1). Anyone who can write the file can compute
      a new chain, too: --head compares it with a head that an earlier run
      published. Needs no tenant and no credentials.
      """,
    operands: [.init("FILE", required: false)],
    options: [
      Option("head", value: "N:DIGEST", "the head of the chain that a run published")
    ] + CommonOptions.repository + CommonOptions.ref + [CommonOptions.journal]
      + CommonOptions.verbosity,
    examples: [
      .init("guestlist audit verify", "the journal of this repository"),
      .init("guestlist audit verify copy.sqlite", "a copy of a journal"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let head = try head(arguments)
    let place = try await place(arguments, context)
    let verdict: ChainVerdict
    do throws(JournalError) {
      let journal = try await place.open(
        for: .verifying,
        clock: context.clock,
        randomness: context.randomness
      )
      verdict = try await journal.verify(against: head)
      await journal.close()
    } catch {
      throw .journal(error)
    }
    switch verdict {
    case .intact(nil): context.console.result("Intact: no entries\n")
    case .intact(let head?):
      let count = "\(head.sequence) \(head.sequence == 1 ? "entry" : "entries")"
      context.console.result("Intact: \(count), head \(head)\n")
    case .broken(let fault):
      let moment = fault.moment.map { ", of \($0)" } ?? ""
      throw .refused(
        .error,
        "the journal \(place.path) is not as it was written: \(fault.detail)\(moment)",
        hints: ["put a copy back, or find out who can write the file"]
      )
    }
    return Outcomes()
  }

  private static func place(
    _ arguments: Arguments,
    _ context: Context
  ) async throws(Failure) -> JournalPlace {
    if let file = arguments.operands.first ?? JournalPlace.named(arguments, context.environment) {
      return JournalPlace(path: file)
    }
    // Only the declarations say whose journal it is.
    let tenant = try await DeclaredCommit.read(arguments, context).requiredTenant()
    return try JournalPlace(arguments, tenant, context.environment)
  }

  private static func head(_ arguments: Arguments) throws(Failure) -> ChainHead? {
    guard let text = arguments.value("head") else { return nil }
    guard let head = ChainHead(text) else {
      throw .usage(
        UsageError(
          "`--head` takes a number, a colon and 64 hexadecimal digits, not `\(text)`",
          hint: "`guestlist apply --verbose` prints it as `journal head`"
        )
      )
    }
    return head
  }
}

/// `guestlist audit erase`: takes a person out of the journal.
enum AuditEraseCommand {
  static let description = CommandDescription(
    name: "audit erase",
    summary: "Erase a person from the journal, keeping its chain",
    discussion: """
      Erases the address, the accounts that were met with it, and the reasons that
      name it. The entries stay, name nobody, and the chain holds. Later runs know
      nothing of the person any more: take them out of the declarations first, and
      let a run remove their access.
      """,
    operands: [.init("PERSON", required: true)],
    options: [Option("confirm", "confirm the erasure (required)")] + CommonOptions.repository
      + CommonOptions.ref + [CommonOptions.journal] + CommonOptions.verbosity,
    examples: [
      .init("guestlist audit erase PERSON --confirm", "erase one person"),
      .init("guestlist audit erase PERSON --journal F …", "from a copy of the journal"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let person = try arguments.person()
    try arguments.requireConfirmation("erased")
    let declared = try await DeclaredCommit.read(arguments, context)
    let tenant = try declared.requiredTenant()
    let place = try JournalPlace(arguments, tenant, context.environment)
    // A journal that is missing is not made for this.
    do throws(JournalError) {
      try await place.open(for: .reading, clock: context.clock, randomness: context.randomness)
        .close()
    } catch {
      throw .journal(error)
    }
    let count = try await place.withRun(
      RunDescription("audit erase", tenant, commit: declared.commit, arguments, context),
      clock: context.clock,
      context
    ) { (journal, run) throws(Failure) in
      do throws(JournalError) {
        return (.completed, try await journal.erase(person, in: run))
      } catch {
        throw .journal(error)
      }
    }
    if declared.reading.desired?.guests.contains(where: { $0.address == person }) == true {
      context.console.note("note: `\(person)` is still declared; the next run records it again")
    }
    context.console.result(
      count == 0
        ? "No record of \(person).\n"
        : "Erased \(person): \(count) \(count == 1 ? "identifier" : "identifiers").\n"
    )
    return Outcomes()
  }
}

extension Arguments {
  /// The address that is the first operand.
  func person() throws(Failure) -> EmailAddress {
    let text = operands.first ?? ""
    guard let person = AddressNormaliser.address(text) else {
      throw .usage(UsageError("`\(text)` is not an email address", hint: nil))
    }
    return person
  }

  /// Refuses a call without `--confirm`.
  func requireConfirmation(_ participle: String) throws(Failure) {
    guard !has("confirm") else { return }
    throw .usage(UsageError("nothing was \(participle)", hint: "add `--confirm`"))
  }
}
