internal import Access

extension Action.Verb {
  /// Whether an action gives, changes or takes; the word always says it too.
  enum Direction: String {
    case gives = "+"
    case changes = "~"
    case takes = "-"

    var look: TerminalStyle.Look {
      switch self {
      case .gives: .added
      case .changes: .changed
      case .takes: .removed
      }
    }
  }

  var direction: Direction {
    switch self {
    case .invite, .unblock, .restore, .addSponsor, .grant: .gives
    case .resend, .resetRedemption: .changes
    case .block, .delete, .removeSponsor, .revoke: .takes
    }
  }

  /// The word for the action in every report.
  var word: String {
    switch self {
    case .invite: "invite"
    case .resend: "resend"
    case .resetRedemption: "reset redemption"
    case .block: "block"
    case .unblock: "unblock"
    case .restore: "restore"
    case .delete: "delete"
    case .addSponsor: "add sponsor"
    case .removeSponsor: "remove sponsor"
    case .grant: "grant"
    case .revoke: "revoke"
    }
  }
}

extension Action {
  /// What the action is called in a sentence: `grant expenses:Submitter`, `invite`.
  func title(_ glossary: Glossary) -> String {
    switch verb {
    case .grant, .revoke, .addSponsor, .removeSponsor: "\(verb.word) \(object(glossary))"
    case .invite, .resend, .resetRedemption, .block, .unblock, .restore, .delete: verb.word
    }
  }

  /// What the action acts on or with, in words; empty where the word of the action says it all.
  func object(_ glossary: Glossary) -> String {
    switch operation {
    case .invite(let address, _, let settings, let sponsors):
      Self.invitation(settings, to: address, of: guest)
        + Self.sponsorship(count: sponsors.count, glossary.sponsors(of: guest))
    case .resend(let address, let settings), .resetRedemption(let address, let settings):
      Self.invitation(settings, to: address, of: guest)
    case .block: "sign-in, and end all sessions"
    case .unblock, .restore: ""
    case .delete: "the account"
    case .addSponsor(_, let address): address.normalised
    case .removeSponsor(let sponsor): sponsor.description
    case .grant(let resource, _):
      granted(resource, glossary)
    case .revoke(let resource, _): glossary.name(of: resource)
    }
  }

  private func granted(_ resource: Resource, _ glossary: Glossary) -> String {
    let notes = [
      glossary.end(of: resource, for: guest),
      wave > verb.wave ? "once what forbids it is revoked" : nil,
    ].compactMap { $0 }
    let name = glossary.name(of: resource)
    return notes.isEmpty ? name : "\(name) (\(notes.joined(separator: "; ")))"
  }

  private static func invitation(
    _ settings: InvitationSettings,
    to address: String,
    of guest: EmailAddress
  ) -> String {
    var parts: [String] = []
    if address != guest.normalised { parts.append("as \(address)") }
    if let language = settings.language { parts.append("in \(language)") }
    parts.append(settings.send ? "mailed" : "not mailed, the redeem address is handed over")
    if let copy = settings.cc, settings.send { parts.append("copy to \(copy)") }
    return parts.joined(separator: ", ")
  }

  private static func sponsorship(count: Int, _ sponsors: [EmailAddress]) -> String {
    if count == 0 { return ", without sponsor" }
    if sponsors.count != count { return ", \(Wording.count(count, "sponsor"))" }
    return ", sponsored by \(Wording.list(sponsors.map(\.normalised)))"
  }
}
