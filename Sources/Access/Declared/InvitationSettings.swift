/// How a guest is invited.
package struct InvitationSettings: Hashable, Sendable {
  package var redirect: String
  /// Whether Microsoft mails the guest; otherwise the redeem address is handed over privately.
  package var send: Bool
  package var language: String?
  /// The one further recipient that Graph supports (FACTS section 1.1).
  package var cc: EmailAddress?

  package init(
    redirect: String = "https://myapps.microsoft.com",
    send: Bool = true,
    language: String? = nil,
    cc: EmailAddress? = nil
  ) {
    self.redirect = redirect
    self.send = send
    self.language = language
    self.cc = cc
  }
}
