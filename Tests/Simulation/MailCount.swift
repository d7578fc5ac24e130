internal import Access
internal import FoundationEssentials

@testable import Worlds

/// Who was mailed, as the service says.
struct Outbox {
  let addresses: [String]

  private struct Reply: Decodable {
    struct Mail: Decodable { var to: String }
    var value: [Mail]
  }

  init() { addresses = [] }

  init(_ body: [UInt8]) throws {
    addresses = try JSONDecoder().decode(Reply.self, from: Data(body)).value.map(\.to)
  }
}

/// Counts mails and the decisions that they rest on: nobody is mailed twice for one.
struct MailCount {
  var outbox = Outbox()
  /// Each lost journal may forget a mail.
  var journalsLost = 0
  private var resends: [EmailAddress: Int] = [:]
  private var lastResend: [EmailAddress: Moment] = [:]

  /// Counts the mails that were due again, of which a plan that is repeated is one.
  mutating func note(_ plan: Plan) {
    for action in plan.actions where action.verb == .resend {
      let isRepeated = lastResend[action.guest].map { plan.moment - $0 < .days(6) } ?? false
      if !isRepeated {
        resends[action.guest, default: 0] += 1
        lastResend[action.guest] = plan.moment
      }
    }
  }

  /// The first address that was mailed more often than anybody decided; `nil` if there is none.
  func complaint(_ world: World) -> String? {
    var counts: [EmailAddress: Int] = [:]
    for address in outbox.addresses { counts[Names.address(address), default: 0] += 1 }
    for (address, count) in counts.sorted(by: { $0.key < $1.key }) {
      let introduced = world.history.intervals[.guest(address)]?.count ?? 0
      let returned = world.history.dates[address]?.count { $0.kind == .returned } ?? 0
      let decisions = introduced + returned + resends[address, default: 0] + journalsLost
      if count > decisions {
        return "\(address) was mailed \(count) times for \(decisions) decisions"
      }
    }
    return nil
  }
}
