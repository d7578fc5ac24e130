/// What the tenant answered to a write that succeeded.
package struct WriteReceipt: Hashable, Sendable {
  /// Whether anything changed, or the tenant was already as asked.
  package var effect: Effect
  /// The account that an invitation made or found.
  package var user: UserID?
  /// The service's identifier for the request, for its support and its audit log.
  package var serviceRequestID: String?
  /// The secret address by which the guest redeems, where it is to be handed over privately.
  package var redeemURL: RedeemURL?

  package init(
    effect: Effect,
    user: UserID? = nil,
    serviceRequestID: String? = nil,
    redeemURL: RedeemURL? = nil
  ) {
    self.effect = effect
    self.user = user
    self.serviceRequestID = serviceRequestID
    self.redeemURL = redeemURL
  }

  package enum Effect: String, Hashable, Sendable {
    case changed, alreadyThere, alreadyGone
  }
}
