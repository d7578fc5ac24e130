import Access
import Testing

@testable import Worlds

@testable import Reconciliation

struct PlanOrderTests {
  private static func draft(
    _ guest: String,
    _ operation: Action.Operation,
    wave: Wave? = nil
  ) -> PendingAction {
    PendingAction(
      action: Action(
        guest: Names.address(guest),
        operation: operation,
        reason: .declared,
        wave: wave
      )
    )
  }

  private static func grant(_ number: UInt64) -> Action.Operation {
    .grant(.group(Names.group(number)), .membership(Names.group(number)))
  }

  private static func revoke(_ number: UInt64) -> Action.Operation {
    .revoke(.group(Names.group(number)), .membership(Names.group(number)))
  }

  /// By wave; in it those that wait last; then by guest, by what must come first, and by resource.
  private static let inOrder: [PendingAction] = [
    draft("bo", .block),
    draft("ana", .restore), draft("ana", .unblock),
    draft("ana", .resetRedemption(address: "ana", InvitationSettings())),
    draft("ana", .resend(address: "ana", InvitationSettings())),
    draft("ana", .removeSponsor(Names.user(1))),
    draft("ana", .addSponsor(Names.user(1), Names.address("eve"))),
    draft("bo", .unblock),
    draft("ana", grant(1)), draft("ana", grant(2)), draft("bo", grant(1)),
    draft("ana", revoke(3)), draft("bo", revoke(1)), draft("bo", revoke(2)),
    draft("ana", grant(3), wave: .revoke),
    draft("ana", .delete),
  ]

  @Test(arguments: 0..<16)
  func `a plan has one order, whatever it is made from`(turn: Int) {
    let count = Self.inOrder.count
    // Seven and sixteen have no factor in common: every turn is another order.
    let drafts = (0..<count).map { Self.inOrder[($0 * 7 + turn) % count] }
    let sorted = drafts.indices.map { PlanOrder(drafts[$0], at: $0) }.sorted()
    #expect(sorted.map { drafts[$0.position].action } == Self.inOrder.map(\.action))
  }

  @Test func `what is equal keeps its order`() {
    let draft = Self.draft("ana", Self.grant(1))
    let sorted = [2, 0, 1].map { PlanOrder(draft, at: $0) }.sorted()
    #expect(sorted.map(\.position) == [0, 1, 2])
  }
}
