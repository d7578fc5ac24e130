/// A request to the emulator's own routes that cannot be met.
struct ControlFailure: Error {
  let status: Int
  let message: String

  static func invalid(_ message: String) -> Self { .init(status: 400, message: message) }
  static func conflict(_ message: String) -> Self { .init(status: 409, message: message) }
  static func unknown(_ name: String) -> Self {
    .init(status: 404, message: "There is no \(name).")
  }
}
