import Access
import Evidence
import Journal
import Testing
import TestSupport

@testable import Reporting

struct HistoryTests {
  private func origin(_ author: String, place: SourcePlace?) throws -> Origin {
    let person = HistoryStep.Person(name: author, email: "l@contoso.example")
    return Origin(
      step: HistoryStep(
        commit: try #require(Sample.commit),
        author: person,
        committer: person,
        authored: Sample.now,
        committed: Sample.now,
        subject: "fabrikam: Ana (#12)",
        pullRequest: 12,
        trailers: [.init(key: "Reviewed-by", value: author)]
      ),
      moment: Sample.now,
      place: place
    )
  }

  private func report(author: String = "Lena Sjöberg") throws -> HistoryReport {
    let guest = try Sample.address("ana@fabrikam.example")
    func event(_ day: Int64, _ resource: Resource?, _ kind: LifeEvent.Kind) -> LifeEvent {
      LifeEvent(
        moment: Sample.now + .days(day),
        guest: guest,
        resource: resource,
        kind: kind
      )
    }
    let place = Sample.place("partners/fabrikam/fabrikam.yaml", 31)
    let opened = try origin(author, place: place)
    return HistoryReport(
      subject: .guest(guest),
      events: [
        event(0, nil, .declared(opened, isAgain: false)),
        event(0, Sample.reader, .declared(opened, isAgain: false)),
        event(9, Sample.reader, .undeclared(try origin(author, place: nil))),
        event(12, Sample.reader, .declared(opened, isAgain: true)),
      ] + journaled(guest),
      declared: try Sample.declared(),
      origin: Sample.origin
    )
  }

  /// A write of every kind, with every outcome in turn, and what somebody else did.
  private func journaled(_ guest: EmailAddress) -> [LifeEvent] {
    let outcomes: [Settlement.Outcome?] = [
      .changed, .alreadyThere, .alreadyGone, .foundDone, .foundUndone, .assumedDone, .notSent,
      .failed(.refused, status: 400, code: "Request_BadRequest"), nil,
    ]
    let verbs: [(Action.Verb, Intent.Step)] = [
      (.invite, .invite), (.resend, .resend), (.resetRedemption, .changeMail),
      (.resetRedemption, .resetRedemption), (.block, .block), (.block, .revokeSessions),
      (.unblock, .unblock), (.restore, .restore), (.delete, .delete),
      (.addSponsor, .addSponsor), (.removeSponsor, .removeSponsor), (.grant, .assign),
      (.revoke, .unassign), (.grant, .join), (.revoke, .leave), (.grant, .requestPackage),
      (.revoke, .removePackage),
    ]
    func event(_ number: Int, _ resource: Resource?, _ kind: JournalEvent.Kind) -> LifeEvent {
      let moment = Sample.now + .days(20 + Int64(number))
      let run = GUID(high: 0xC000, low: 1)
      return LifeEvent(
        moment: moment,
        guest: guest,
        resource: resource,
        kind: .journaled(
          JournalEvent(moment: moment, run: run, guest: guest, account: nil, kind: kind)
        )
      )
    }
    let writes = verbs.enumerated().map { number, pair in
      let resource = pair.0 == .grant || pair.0 == .revoke ? Sample.submitter : nil
      let intent = Intent(
        requestID: GUID(high: 0xB000, low: UInt64(number)),
        guest: guest,
        verb: pair.0,
        step: pair.1,
        resource: resource,
        commit: number % 2 == 0 ? Sample.commit : nil
      )
      return event(number, resource, .write(intent, outcomes[number % outcomes.count]))
    }
    let decisions: [JournalEvent.Decision] = [
      .init(.accepted(.removals), runner: "lena", reason: "spring clean, CHG-7"),
      .init(.declined(.ownership), runner: nil, reason: nil),
      .init(.ordered("block"), runner: "max", reason: "INC-77"),
    ]
    let answers = decisions.enumerated().map { event(42 + $0.offset, nil, .decided($0.element)) }
    return writes + [event(40, nil, .lost), event(41, nil, .regained)] + answers
  }

  @Test(arguments: HistoryFormat.allCases)
  func `a life reads as recorded`(format: HistoryFormat) throws {
    try expectSnapshot(report().rendered(as: format), named: "history.\(format.rawValue)")
  }

  @Test func `the life of an app names the guests`() throws {
    var report = try report()
    report.subject = .app(Sample.wiki)
    report.events.removeAll { $0.resource == nil }
    let text = report.rendered(as: .text)
    #expect(text.hasPrefix("wiki\n"))
    #expect(text.contains("ana@fabrikam.example, wiki:Reader"))
  }

  @Test func `nothing known is said and no error`() throws {
    var report = try report()
    report.events = []
    #expect(
      report.rendered(as: .text)
        == "No record of ana@fabrikam.example: no commit declared it, and no run changed it.\n"
    )
  }

  @Test func `an author's name does no harm`() throws {
    for evil in Sample.hostileTexts {
      let report = try report(author: evil)
      #expect(Sample.invisible(in: report.rendered(as: .text)) == [])
      #expect(report.rendered(as: .text).count { $0 == "\n" } == report.events.count + 2)
      _ = try ParsedJSON(report.rendered(as: .json))
    }
  }
}
