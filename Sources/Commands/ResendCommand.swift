internal import Access
internal import Execution
internal import Journal
internal import Reconciliation

/// `guestlist resend`: mails one more invitation to a guest who asks for it.
enum ResendCommand {
  static let description = CommandDescription(
    name: "resend",
    summary: "Mail one more invitation to a guest who has not redeemed it",
    discussion: """
      For a guest who asks: whatever `lifecycle.resendAfter` says, and however
      recently the last mail went out. The commit of the configured ref must declare
      the guest, and the tenant must show an invitation that is not redeemed. It is
      a decision of its own in the journal, and counts for `lifecycle.resendLimit`.
      """,
    operands: [.init("PERSON", required: true)],
    options: [
      Option("confirm", "confirm the mail (required)"),
      Option("reason", value: "TEXT", "why; kept in the journal"),
    ] + CommonOptions.repository + CommonOptions.configuredRef + CommonOptions.tenant
      + RedeemHandover.options + CommonOptions.verbosity,
    examples: [
      .init("guestlist resend PERSON --confirm", "mail the guest once more"),
      .init("guestlist resend PERSON --reason CHG-9 …", "and keep why in the journal"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let person = try arguments.person()
    try arguments.requireConfirmation("mailed")
    let handover = try RedeemHandover(arguments, environment: context.environment)
    guard let inputs = try await RunInputs.load(.written, arguments, context) else {
      return Outcomes([.invalid])
    }
    return try await RunWriter.open(inputs, arguments, context, handover, as: "resend") {
      (run, writer) throws(Failure) in
      let plan = try await run.resend(person)
      try handover.check(plan)
      let result = try await writer.carryOutByHand(plan, for: .resend)
      context.console.result("Mailed another invitation to \(person).\n")
      return (result.runResult, Outcomes(of: result))
    }
  }
}
