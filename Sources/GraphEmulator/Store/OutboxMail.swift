/// A mail that Entra would have sent.
struct OutboxMail: Sendable {
  let sentAt: Timestamp
  let to: String
  let cc: [String]
  let language: String
  /// The text of the inviter; left out of the mails that an application causes (FACTS section 1.4).
  let body: String?
  let redeemURL: String
  let userID: ObjectID

  var json: JSONValue {
    [
      "sentDateTime": .string(sentAt.text),
      "to": .string(to),
      "cc": .array(cc.map { .string($0) }),
      "messageLanguage": .string(language),
      "customizedMessageBody": body.map { .string($0) } ?? .null,
      "inviteRedeemUrl": .string(redeemURL),
      "userId": .string(userID.text),
    ]
  }
}
