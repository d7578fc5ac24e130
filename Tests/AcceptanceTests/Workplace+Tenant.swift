import TestSupport

extension Workplace {
  /// One guest as the tenant has it: whether it can sign in, and what it holds.
  struct Guest: Equatable, CustomStringConvertible {
    var isEnabled: Bool
    /// Values of app roles and names of groups, sorted.
    var access: [String]

    init(isEnabled: Bool = true, _ access: [String] = []) {
      self.isEnabled = isEnabled
      self.access = access
    }

    var description: String { "\(isEnabled ? "enabled" : "blocked") \(access)" }
  }

  /// The live guests of the tenant by the name before the `@` of their mail.
  func guests() async throws -> [String: [Guest]] {
    let state: State = try await emulator.read("/_emulator/state")
    var guests: [String: [Guest]] = [:]
    for user in state.users where user.userType == "Guest" {
      let roles = (state.appRoleAssignments ?? []).filter { $0.principalId == user.id }
      let values = roles.flatMap { held in
        state.servicePrincipals.flatMap { $0.appRoles ?? [] }.filter { $0.id == held.appRoleId }
      }.map(\.value)
      let groups = state.groups.filter { $0.members?.contains(user.id) == true }
      guests[String(user.mail.prefix { $0 != "@" }), default: []].append(
        Guest(isEnabled: user.accountEnabled, (values + groups.map(\.displayName)).sorted())
      )
    }
    return guests
  }

  /// The one live guest of a name; `nil` where there is none, or there are several.
  func guest(_ name: String) async throws -> Guest? {
    let guests = try await guests()[name] ?? []
    return guests.count == 1 ? guests[0] : nil
  }

  /// Does what an administrator would, to the guest of a name at Fabrikam.
  func interfere(_ action: String, _ name: String, with more: String? = nil) async throws {
    let state: State = try await emulator.read("/_emulator/state")
    let id = state.users.first { $0.mail == "\(name)@fabrikam.example" }?.id ?? ""
    try await emulator.send(
      "POST",
      "/_emulator/interfere",
      json: #"{"action": "\#(action)", "user": "\#(id)"\#(more.map { ", \($0)" } ?? "")}"#
    )
  }

  func advance(days: Int) async throws {
    try await emulator.send(
      "POST",
      "/_emulator/clock",
      json: #"{"advance": \#(days * 86_400)}"#
    )
  }

  /// Makes the emulator fail as a rule says; without one, no longer.
  func fail(_ rule: String = "") async throws {
    try await emulator.send("POST", "/_emulator/faults", json: #"{"faults": [\#(rule)]}"#)
  }

  /// Commits who is declared.
  @discardableResult
  func commit(_ message: String = "Guests", guests: [String]) async throws -> String {
    let list = guests.isEmpty ? "[]" : "\n" + guests.map { "  - {\($0)}\n" }.joined()
    return try await repository.commit(
      message,
      files: ["desired-state/guests.yaml": "guests: \(list)"]
    )
  }

  private struct State: Decodable {
    struct User: Decodable {
      var id: String, mail: String, userType: String, accountEnabled: Bool
    }
    struct Role: Decodable { var id: String, value: String }
    struct Principal: Decodable { var appRoles: [Role]? }
    struct Assignment: Decodable { var principalId: String, appRoleId: String }
    struct Group: Decodable {
      var displayName: String
      var members: [String]?
    }
    var users: [User], servicePrincipals: [Principal], groups: [Group]
    var appRoleAssignments: [Assignment]?
  }
}
