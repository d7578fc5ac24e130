/// A request to the emulator's own routes that cannot be met.
struct ControlFailure: Error {
  let status: Int
  let message: String

  static func invalid(_ message: String) -> Self { .init(status: 400, message: message) }
}
