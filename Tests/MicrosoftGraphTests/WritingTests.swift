internal import Access
internal import HTTP
@testable internal import MicrosoftGraph
internal import TestSupport
internal import Testing

/// What a change becomes on the wire, and what the replies to it mean.
struct WritingTests {
  private static let user: UserID = Rig.id(1)
  private static let group: GroupID = Rig.id(2)
  private static let app: ServicePrincipalID = Rig.id(3)
  private static let role: AppRoleID = Rig.id(4)

  @Test func `twenty writes share a trip and each has its own outcome`() async throws {
    let rig = try Rig { message in
      message.path.contains("000007") ? .reply(403, "{\"error\":{\"code\":\"x\"}}") : .reply(204)
    }
    let writes = (1...45).map { Self.write(.delete(Rig.id(UInt64($0))), UInt64($0)) }
    let results = await rig.writer.perform(writes)
    #expect(results.count == 45)
    for (index, result) in results.enumerated() {
      switch result {
      case .success(let receipt): #expect(receipt.effect == .changed && index != 6)
      case .failure(let error): #expect(error.kind == .permission && index == 6)
      }
    }
    #expect(rig.graph.trips.count == 1 + 3)
  }

  @Test func `an invitation yields the account, and the secret address if nobody was mailed`()
    async throws
  {
    let rig = try Rig { _ in .reply(201, Self.invitation, fields: ["request-id": "r1"]) }
    let quiet = TenantWrite.Change.invite(
      address: "a@f.example",
      name: nil,
      InvitationSettings(send: false),
      sponsors: []
    )
    let results = await rig.writer.perform([Self.write(quiet, 1)])
    #expect(try await rig.writer.perform([Self.write(Self.invite, 2)])[0].get().redeemURL == nil)
    let receipt = try #require(try results.first?.get())
    #expect(receipt.user == Self.user)
    #expect(receipt.redeemURL?.reveal() == "https://login.example/redeem?rd=hunter2")
    #expect(receipt.serviceRequestID == "r1")
    #expect(!"\(receipt)".contains("hunter2"))
  }

  @Test(arguments: [
    Lost("reset", .noReply(.interrupted, .perhapsSent)),
    Lost("timed out", .noReply(.timedOut, .perhapsSent)),
    Lost("a gateway's page", .whole(ScriptedGraph.response(200, "<html>", [:]))),
    Lost("half a batch", .whole(ScriptedGraph.response(200, "{\"responses\":[{\"id\"", [:]))),
    Lost("a batch without it", .nothing), Lost("500", .reply(500)), Lost("502", .reply(502)),
    Lost("504", .reply(504)), Lost("201 without the account", .reply(201, "{}")),
  ])
  func `an invitation whose reply is lost is never sent again`(lost: Lost) async throws {
    let rig = try Rig { _ in lost.answer }
    let writes = [Self.write(Self.invite, 1), Self.write(Self.invite, 2)]
    for result in await rig.writer.perform(writes) {
      guard case .failure(let error) = result else {
        Issue.record("an outcome that nobody knows was called a success")
        continue
      }
      #expect(error.kind == .unknownOutcome)
    }
    // One for the token, one for both invitations.
    #expect(rig.graph.trips.count == 2)
  }

  @Test(arguments: [
    Lost("throttled", .reply(429, fields: ["Retry-After": "3"])), Lost("shed", .reply(503)),
    Lost("busy", .reply(409)), Lost("not sent", .noReply(.couldNotConnect, .notSent)),
  ])
  func `an invitation that was not looked at is sent again`(lost: Lost) async throws {
    let rig = try Rig { message in
      message.number == 0 ? lost.answer : .reply(201, Self.invitation)
    }
    let results = await rig.writer.perform([Self.write(Self.invite, 1)])
    #expect(try results.first?.get().user == Self.user)
    #expect(rig.graph.messages.map(\.path) == ["/invitations", "/invitations"])
    #expect(Set(rig.graph.messages.map { $0.fields["client-request-id"] }).count == 1)
  }

  @Test(arguments: [
    Seen(
      .assign(user, app, role),
      "appRoleAssignments",
      "{\"id\":\"x\",\"appRoleId\":\"\(role)\",\"resourceId\":\"\(app)\"}"
    ),
    Seen(.join(user, group), "memberOf", "{\"id\":\"\(group)\"}"),
    Seen(.addSponsor(user, sponsor: Rig.id(9)), "sponsors?", "{\"id\":\"\(Rig.id(9) as UserID)\"}"),
  ])
  func `already there is seen, not read out of a message`(seen: Seen) async throws {
    for isThere in [true, false] {
      let rig = try Rig { message in
        if message.method == "GET" {
          #expect(message.path.contains(seen.place))
          return .reply(200, "{\"value\":[\(Self.other)\(isThere ? "," + seen.item : "")]}")
        }
        return .reply(
          400,
          "{\"error\":{\"code\":\"Request_BadRequest\",\"message\":\"already exist\"}}"
        )
      }
      let result = await rig.writer.perform([Self.write(seen.change, 1)]).first
      switch result {
      case .success(let receipt): #expect(isThere && receipt.effect == .alreadyThere)
      case .failure(let error): #expect(!isThere && error.kind == .refused)
      case nil: Issue.record("no result")
      }
    }
  }

  @Test func `what was added is found on a later page`() async throws {
    let rig = try Rig { message in
      if message.method == "POST" { return .reply(400, "{}") }
      return message.path.contains("skiptoken")
        ? .reply(200, "{\"value\":[{\"id\":\"\(Self.group)\"}]}")
        : .reply(
          200,
          "{\"value\":[],\"@odata.nextLink\":\"http://127.0.0.1:9/v1.0/users/x/memberOf?$skiptoken=1\"}"
        )
    }
    let result = await rig.writer.perform([Self.write(.join(Self.user, Self.group), 1)]).first
    #expect(try result?.get().effect == .alreadyThere)
  }

  @Test(arguments: [
    TenantWrite.Change.delete(user), .leave(user, group), .unassign(user, app, assignment: "x"),
    .removeSponsor(user, sponsor: user),
  ])
  func `what is gone already is a success`(change: TenantWrite.Change) async throws {
    let rig = try Rig { _ in .reply(404, "{\"error\":{\"code\":\"Request_ResourceNotFound\"}}") }
    let result = await rig.writer.perform([Self.write(change, 1)]).first
    #expect(try result?.get().effect == .alreadyGone)
    #expect(rig.graph.messages.count == 1)
  }

  @Test(arguments: [TenantWrite.Change.block(user), .join(user, group), .restore(user)])
  func `what must be there and is not is an error`(change: TenantWrite.Change) async throws {
    let rig = try Rig { _ in .reply(404, "{}") }
    let result = await rig.writer.perform([Self.write(change, 1)]).first
    guard case .failure(let error) = result else {
      Issue.record("success without an object")
      return
    }
    #expect(error.kind == .notFound)
    #expect(rig.clock.sleeps.isEmpty)
  }

  @Test func `a guest that was just made is waited for`() async throws {
    for sightings in [3, 100] {
      let rig = try Rig { message in
        if message.path == "/invitations" { return .reply(201, Self.invitation) }
        return message.number <= sightings ? .reply(404, "{}") : .reply(201, "{}")
      }
      let writer = rig.writer
      _ = await writer.perform([Self.write(Self.invite, 1)])
      let result = await writer.perform([Self.write(.assign(Self.user, Self.app, Self.role), 2)])
        .first
      switch result {
      case .success: #expect(sightings == 3)
      case .failure(let error): #expect(sightings == 100 && error.kind == .notFound)
      case nil: Issue.record("no result")
      }
      let waited = rig.clock.sleeps.reduce(Duration.zero, +)
      #expect(waited < .seconds(240))
      #expect(rig.clock.sleeps.count == (sightings == 3 ? 3 : 8))
    }
  }

  @Test(arguments: [
    Repeated(.block(user), "{\"accountEnabled\":false}", "{\"accountEnabled\":true}"),
    Repeated(.unblock(user), "{\"accountEnabled\":true}", "{\"accountEnabled\":false}"),
    Repeated(.delete(user), nil, "{}"), Repeated(.restore(user), "{}", nil),
    Repeated(.join(user, group), "{\"value\":[{\"id\":\"\(group)\"}]}", "{\"value\":[]}"),
    Repeated(.leave(user, group), "{\"value\":[]}", "{\"value\":[{\"id\":\"\(group)\"}]}"),
  ])
  func `a lost reply is looked up, and the write repeated only if it was not done`(
    repeated: Repeated
  ) async throws {
    for isDone in [true, false] {
      let rig = try Rig { message in
        if message.method == "GET" {
          return (isDone ? repeated.done : repeated.undone).map { .reply(200, $0) }
            ?? .reply(404, "{}")
        }
        return message.number == 0 ? .noReply(.interrupted, .perhapsSent) : .reply(204)
      }
      let result = await rig.writer.perform([Self.write(repeated.change, 1)]).first
      #expect(try result?.get().effect == .changed)
      #expect(rig.graph.messages.filter { $0.method != "GET" }.count == (isDone ? 1 : 2))
    }
  }

  @Test func `a write that is found done after a lost reply was ours`() async throws {
    // Nothing tells what became of the first attempt, and the second finds nothing to delete.
    let rig = try Rig { message in
      if message.method == "GET" { return .reply(500, "{}") }
      return message.number == 0 ? .noReply(.interrupted, .perhapsSent) : .reply(404, "{}")
    }
    let result = await rig.writer.perform([Self.write(.delete(Self.user), 1)]).first
    #expect(try result?.get().effect == .changed)
  }

  @Test func `a lost reply that cannot be looked up stays unknown`() async throws {
    let rig = try Rig { _ in .noReply(.interrupted, .perhapsSent) }
    let result = await rig.writer.perform([Self.write(.block(Self.user), 1)]).first
    guard case .failure(let error) = result else {
      Issue.record("a success that nobody saw")
      return
    }
    #expect(error.kind == .unknownOutcome)
  }

  @Test func `an address is written as the mail of the account`() async throws {
    let rig = try Rig { _ in .reply(204) }
    let write = Self.write(.changeMail(Self.user, address: "b@x"), 1)
    #expect(try await rig.writer.perform([write]).first?.get().effect == .changed)
    #expect(rig.graph.messages.map(\.body) == ["{\"mail\":\"b@x\"}"])
  }

  @Test(arguments: [400, 403])
  func `an address that is refused as mail is added to the further ones`(status: Int) async throws {
    let rig = try Rig { message in
      if message.method == "GET" { return .reply(200, "{\"otherMails\":[\"a@x\"]}") }
      return message.body.contains("\"mail\"")
        ? .reply(status, "{\"error\":{\"code\":\"Request_BadRequest\",\"message\":\"no\"}}")
        : .reply(204)
    }
    let add = Self.write(.changeMail(Self.user, address: "b@x"), 1)
    let again = Self.write(.changeMail(Self.user, address: "a@x"), 2)
    let results = await rig.writer.perform([add, again])
    #expect(try results.map { try $0.get().effect } == [.changed, .alreadyThere])
    let bodies = rig.graph.messages.filter { $0.method == "PATCH" }.map(\.body)
    #expect(bodies.filter { $0.contains("otherMails") } == ["{\"otherMails\":[\"a@x\",\"b@x\"]}"])
  }

  @Test func `a list of further addresses that cannot be read is not replaced`() async throws {
    let rig = try Rig { message in message.method == "GET" ? .reply(200) : .reply(400, "{}") }
    let add = Self.write(.changeMail(Self.user, address: "b@x"), 1)
    guard case .failure(let error) = await rig.writer.perform([add]).first else {
      Issue.record("a list was replaced that nobody had read")
      return
    }
    #expect(error.kind == .refused)
    #expect(rig.graph.messages.filter { $0.method == "PATCH" }.count == 1)
  }

  @Test func `invitations keep below their limit and other writes below theirs`() async throws {
    let rig = try Rig { message in
      message.path == "/invitations" ? .reply(201, Self.invitation) : .reply(204)
    }
    let writer = rig.writer
    let invites = (1...300).map { Self.write(Self.invite, $0) }
    _ = await writer.perform(invites)
    // 150 at once, the rest at thirty a second.
    #expect(rig.clock.sleeps.reduce(Duration.zero, +) >= .seconds(5))
    let before = rig.clock.sleeps.reduce(Duration.zero, +)
    #expect(before < .seconds(10))
    let blocks = (1...4000).map { Self.write(.block(Rig.id($0)), $0) }
    _ = await writer.perform(blocks)
    let waited = rig.clock.sleeps.reduce(Duration.zero, +) - before
    #expect(waited >= .seconds(50) && waited < .seconds(75))
  }

  @Test func `a warning of the service slows the next write down`() async throws {
    let rig = try Rig { _ in .reply(204, fields: ["x-ms-throttle-limit-percentage": "1.2"]) }
    let writer = rig.writer
    _ = await writer.perform([Self.write(.block(Self.user), 1)])
    #expect(rig.clock.sleeps.isEmpty)
    _ = await writer.perform([Self.write(.block(Self.user), 2)])
    #expect(rig.clock.sleeps == [.seconds(4)])
  }

  @Test func `a caller that stops gets what was done, and no more is sent`() async throws {
    let rig = try Rig { _ in .reply(429, fields: ["Retry-After": "5"]) }
    let writer = rig.writer
    let result = await withTaskGroup(of: Result<WriteReceipt, TenantError>?.self) { group in
      group.cancelAll()
      group.addTask { await writer.perform([Self.write(.block(Self.user), 1)]).first }
      return await group.next() ?? nil
    }
    guard case .failure(let error) = result else {
      Issue.record("success of what was throttled")
      return
    }
    #expect(error.kind == .cancelled)
    #expect(rig.graph.messages.count == 1)
  }

  /// Something else of any list.
  private static let other =
    "{\"id\":\"\(Rig.id(99) as UserID)\",\"appRoleId\":\"\(Rig.id(99) as UserID)\"}"

  private static let invite = TenantWrite.Change.invite(
    address: "a@f.example",
    name: nil,
    InvitationSettings(),
    sponsors: []
  )

  private static let invitation =
    "{\"invitedUser\":{\"id\":\"\(user)\"},\"status\":\"PendingAcceptance\","
    + "\"inviteRedeemUrl\":\"https://login.example/redeem?rd=hunter2\"}"

  private static func write(_ change: TenantWrite.Change, _ number: UInt64) -> TenantWrite {
    TenantWrite(requestID: GUID(high: 0, low: number), change: change)
  }

  struct Lost: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answer: ScriptedGraph.Answer

    init(_ name: String, _ answer: ScriptedGraph.Answer) {
      testDescription = name
      self.answer = answer
    }
  }

  struct Seen: Sendable {
    var change: TenantWrite.Change
    var place: String
    var item: String

    init(_ change: TenantWrite.Change, _ place: String, _ item: String) {
      self.change = change
      self.place = place
      self.item = item
    }
  }

  struct Repeated: Sendable {
    var change: TenantWrite.Change
    var done: String?
    var undone: String?

    init(_ change: TenantWrite.Change, _ done: String?, _ undone: String?) {
      self.change = change
      self.done = done
      self.undone = undone
    }
  }
}
