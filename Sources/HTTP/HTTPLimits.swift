/// How long a request may take and how much may come back.
package struct HTTPLimits: Hashable, Sendable {
  /// Until the connection stands, TLS included.
  package var connect: Duration
  /// From beginning to end.
  package var total: Duration
  /// How long nothing may move once the connection stands; whole seconds, at least one.
  package var idle: Duration
  /// Bytes of the decompressed body.
  package var body: Int

  package init(
    connect: Duration = .seconds(15),
    total: Duration = .seconds(180),
    idle: Duration = .seconds(60),
    body: Int = 256 << 20
  ) {
    self.connect = connect
    self.total = total
    self.idle = idle
    self.body = body
  }
}
