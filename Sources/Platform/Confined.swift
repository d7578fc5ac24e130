/// A value that is only ever touched on one serial executor: the home of a handle of a C library
/// that blocks and that no two threads may use at once.
package actor Confined<Value: ~Copyable> {
  private let executor: any SerialExecutor
  private var value: Value

  /// Takes a value over.
  ///
  /// - Parameters:
  ///   - value: What is confined.
  ///   - executor: Where it is touched; handed in, so that a simulation owns all scheduling.
  package init(_ value: consuming sending Value, on executor: any SerialExecutor) {
    self.value = value
    self.executor = executor
  }

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  /// Runs a body that owns the value for its length, and that may block.
  package func run<Result: Sendable, Failure: Error>(
    _ body: @Sendable (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(&value)
  }
}
