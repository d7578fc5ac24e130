/// The two clocks of one request.
struct SignInMoment: Sendable {
  /// The emulator's.
  let now: Timestamp
  /// The clients' own.
  let outside: Timestamp
}
