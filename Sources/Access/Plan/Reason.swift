/// Why a plan holds an action.
package enum Reason: Hashable, Sendable {
  /// A declaration asks for it and the tenant does not have it.
  case declared
  /// No declaration asks for it any longer.
  case undeclared
  /// Its declared end has come.
  case expired(at: Moment, Ending.Origin)
  /// The declaration blocks the guest, in these words.
  case declaredBlocked(String)
  /// It was declared again after our own removal.
  case declaredAgain
  /// A commit made after the account was deleted or blocked outside gives it back.
  case returned
  /// A declared grant was removed outside.
  case drifted
  /// The invitation was not redeemed in time.
  case notRedeemed(since: Moment)
  /// The guest's address changed.
  case addressChanged(from: EmailAddress)
  /// A `removed` entry orders it, in these words.
  case ordered(String)
  /// The app or group is exclusive, and nobody declared this assignment.
  case exclusive
  /// The grace after our own block is over.
  case graceOver(blocked: Moment)
  /// The block that a declaration asked for is no longer declared.
  case blockLifted
  /// What the declaration names does not exist in the tenant any more.
  case resourceMissing
}
