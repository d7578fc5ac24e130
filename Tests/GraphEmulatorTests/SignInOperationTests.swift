import Testing

@testable import GraphEmulator

struct SignInOperationTests {
  @Test func `every operation that is served says what it asks for`() {
    for operation in Operations.all {
      let accepted = OperationPermissions.accepted(
        method: operation.method,
        segments: operation.segments
      )
      #expect(accepted != nil, "\(operation.route)")
    }
  }
}
