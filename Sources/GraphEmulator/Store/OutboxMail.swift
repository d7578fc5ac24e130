/// A mail that Entra would have sent.
struct OutboxMail: Sendable {
  let sentAt: Timestamp
  let to: String
  let cc: [String]
  let language: String
  let redeemURL: String
  let userID: ObjectID

  var json: JSONValue {
    [
      "sentDateTime": .string(sentAt.text),
      "to": .string(to),
      "cc": .array(cc.map { .string($0) }),
      "messageLanguage": .string(language),
      // FACTS section 1.4: the inviter's own words are dropped when an application invites.
      "customizedMessageBody": .null,
      "inviteRedeemUrl": .string(redeemURL),
      "userId": .string(userID.text),
    ]
  }
}
