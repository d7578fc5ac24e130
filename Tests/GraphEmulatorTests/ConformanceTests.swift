import HTTP
import TestSupport
import Testing

@testable import GraphEmulator

struct ConformanceTests {
  /// What the notes beside the description call real although no page documents it.
  private static func isReal(_ operation: GraphConformance.Declared) -> Bool {
    let template = operation.template
    if template == "/$batch" { return true }
    guard operation.method == "GET" else { return false }
    return template.hasSuffix("/$count") || template.contains("graph.")
      || template.hasSuffix("appRoleAssignments/{}") || template.hasSuffix("appRoleAssignedTo/{}")
      || template == "/servicePrincipals/{}/owners"
  }

  @Test func `every operation of the description is served, at its cost`() throws {
    guard let description = GraphConformance.shared else {
      print("left out: the API description is not beside the checkout")
      return
    }
    let served = Dictionary(
      Operation.all.map { ($0.route, "\($0.units) \($0.isMeteredWrite ? 1 : 0)") }
    ) { first, _ in first }
    for declared in description.declaredOperations
    where declared.isDocumented || Self.isReal(declared) {
      // Only users are followed: no client asks for the others.
      guard !declared.template.hasSuffix("/delta()") || declared.template.hasPrefix("/users")
      else { continue }
      // Another spelling of a key.
      let words = declared.line.replacing("(appId='{}')", with: "/{}").split(separator: " ")
      let route = "\(words[0]) \(words[1])"
      #expect(served[route] == "\(words[3]) \(words[4])", "\(route)")
    }
  }

  @Test func `no two operations have one route`() {
    #expect(Set(Operation.all.map(\.route)).count == Operation.all.count)
  }

  @Test func `the types are those of the description`() throws {
    guard let description = GraphConformance.shared else {
      print("left out: the API description is not beside the checkout")
      return
    }
    for (name, properties) in description.declaredTypes {
      let type = try #require(GraphTypes.named(name), "\(name) is missing")
      let inherited = Set(
        (type.base.flatMap { GraphTypes.named($0) })?.properties.map(\.name) ?? []
      )
      let own = type.properties.filter { !$0.isBeta }.map(\.name).filter { !inherited.contains($0) }
      let declared = properties.compactMap { GraphProperty(notation: $0[...]) }
      for property in declared {
        #expect(type.property(property.name) == property, "\(name).\(property.name)")
      }
      #expect(Set(own).isSubset(of: declared.map(\.name)), "\(name) invents a property")
    }
  }

  private static let readable = Operation.all.filter { $0.method == "GET" }.map(\.template)

  @Test func `every read answers in the shape of the description`() async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    let request = try await emulator.graph(
      .post,
      "/identityGovernance/entitlementManagement/assignmentRequests",
      [
        "requestType": "adminAdd",
        "assignment": [
          "targetId": "\(Scenario.ana)", "assignmentPolicyId": "\(Scenario.policy)",
          "accessPackageId": "\(Scenario.package)",
        ],
      ]
    )
    #expect(request.status == 201)
    let requestID = try #require(request.body["id"]?.string)
    let audits = try await emulator.graph(.post, "/users/\(Scenario.ana)/revokeSignInSessions")
    #expect(audits.status == 200)
    let log = try await emulator.graph(.get, "/auditLogs/directoryAudits")
    let auditID = try #require(log.value.first?["id"]?.string)
    let held = try await emulator.graph(.get, "/users/\(Scenario.ana)/appRoleAssignments")
    let assignment = try #require(
      held.value.first { $0["resourceId"]?.string == Scenario.expenses }?["id"]?.string
    )
    for template in Self.readable {
      var path = Scenario.fill(template)
        .replacing("assignmentRequests/{}", with: "assignmentRequests/\(requestID)")
        .replacing("directoryAudits/{}", with: "directoryAudits/\(auditID)")
      if template.hasSuffix("appRoleAssignedTo/{}") || template == "/users/{}/appRoleAssignments/{}"
      {
        path = path.replacing("{}", with: assignment)
      }
      guard !path.contains("{}") else { continue }
      let isCount = path.hasSuffix("$count")
      let answer = try await emulator.graph(
        .get,
        path,
        headers: isCount ? [("ConsistencyLevel", "eventual")] : []
      )
      #expect(answer.status == 200, "\(template): \(answer.message ?? "")")
      guard !isCount, template.split(separator: "/").last != "$ref" else { continue }
      let selected = try await emulator.graph(.get, path + "?$select=id")
      if !template.contains("partners") {
        #expect(selected.status == 200, "\(template): \(selected.message ?? "")")
      }
    }
  }

  @Test(
    arguments: [
      ("GET", "/invitations"), ("PATCH", "/users/\(Scenario.ana)/appRoleAssignments/x"),
      ("POST", "/identityGovernance/entitlementManagement/assignments"),
      ("DELETE", "/policies/authorizationPolicy"), ("PUT", "/users"),
    ]
  ) func `an undocumented method is 405 in the error envelope`(
    method: String,
    path: String
  )
    async throws
  {
    let emulator = try await RunningEmulator()
    let method = try #require(HTTPMethod(rawValue: method))
    let answer = try await emulator.graph(method, path, method == .get ? nil : [:])
    #expect(answer.status == 405)
    #expect(answer.message == "Specified HTTP method is not allowed for the request target.")
  }

  @Test(
    arguments: [
      ("/persons", "persons"), ("/users/x/y/z", "y"), ("/auditLogs", "auditLogs"),
      ("/servicePrincipals/\(Scenario.wiki)/unknown?$top=1", "unknown"),
    ]
  ) func `an unknown segment is 400 and named alone`(path: String, segment: String) async throws {
    let emulator = try await RunningEmulator()
    let answer = try await emulator.graph(.get, path)
    #expect(answer.status == 400)
    #expect(answer.code == "BadRequest")
    #expect(answer.message == "Resource not found for the segment '\(segment)'.")
  }

  @Test(arguments: ["/me", "/me/memberOf"])
  func `an application has no me`(path: String) async throws {
    let answer = try await RunningEmulator().graph(.get, path)
    #expect(answer.status == 400)
    #expect(answer.code == "BadRequest")
    #expect(
      answer.message == "/me request is only valid with delegated authentication flow."
    )
  }

  @Test func `an unknown version is 400`() async throws {
    let emulator = try await RunningEmulator()
    let answer = try await emulator.graph(.get, "\(emulator.server.baseURL)/v3.0/users")
    #expect(answer.status == 400)
    #expect(answer.message == "Invalid version: v3.0")
  }
}
