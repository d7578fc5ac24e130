/// The invitation of a guest that stands, whether redeemed or not.
struct InvitationState: Sendable {
  let id: ObjectID
  /// The secret in the redeem URL.
  let ticket: ObjectID
  let address: String
  let redirectURL: String
}
