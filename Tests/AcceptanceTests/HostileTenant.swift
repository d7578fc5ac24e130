import FoundationEssentials
import TestSupport

/// A tenant of everything that a declaration cannot hold, or must not.
struct HostileTenant: Encodable {
  struct User: Encodable {
    var id: String
    var displayName: String?
    var mail: String?
    var otherMails: [String]?
    var userPrincipalName: String
    var userType = "Guest"
    var accountEnabled = true
    var creationType: String? = "Invitation"
    var externalUserState: String? = "Accepted"
    var createdDateTime = "2020-01-01T00:00:00Z"
    var sponsors: [Reference]?
  }

  struct Reference: Encodable {
    var id: String
  }

  struct Role: Encodable {
    var id: String
    var value: String?
    var displayName = "A role"
    var description = "A role"
    var isEnabled = true
    var allowedMemberTypes = ["User"]
  }

  struct App: Encodable {
    var id: String
    var appId: String
    var displayName: String
    var appRoles: [Role]
  }

  struct Group: Encodable {
    var id: String
    var displayName: String
    var securityEnabled = true
    var mailEnabled = false
    var mailNickname = "group"
    var groupTypes: [String] = []
    var isAssignableToRole: Bool?
    var onPremisesSyncEnabled: Bool?
    var members: [String]
  }

  struct Assignment: Encodable {
    var principalId: String
    var resourceId: String
    var appRoleId: String
  }

  struct Package: Encodable {
    struct Link: Encodable {
      struct Origin: Encodable {
        var originSystem: String?
        var originId: String
      }
      var role: Origin
      var scope: Origin
    }
    struct Held: Encodable {
      struct Target: Encodable {
        var objectId: String
      }
      var target: Target
      var assignmentPolicy: Reference
    }
    var id: String
    var displayName: String
    var assignmentPolicies: [Reference]
    var resourceRoleScopes: [Link]
    var assignments: [Held]
  }

  struct Tenant: Encodable {
    struct Domain: Encodable {
      var name: String
      var isDefault = true
    }
    var id = SmallTenant.id
    var displayName = "Contoso: the \"#1\" [pumps]"
    var verifiedDomains = [Domain(name: "contoso.example")]
  }

  var tenant = Tenant()
  var users: [User] = []
  var servicePrincipals: [App] = []
  var groups: [Group] = []
  var appRoleAssignments: [Assignment] = []
  var accessPackages: [Package] = []

  var json: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  private static func id(_ kind: Int, _ number: Int) -> String {
    let digits = String(number, radix: 16)
    let kind = String(kind, radix: 16)
    return "\(String(repeating: kind, count: 8))-0000-4000-8000-"
      + String(repeating: "0", count: 12 - digits.count) + digits
  }

  static let noRole = "00000000-0000-0000-0000-000000000000"

  /// A tenant with each hazard once, or with those that a seed draws.
  init(drawing random: SeededRandomness? = nil) {
    let sponsor = User(
      id: Self.id(1, 0xFFF),
      displayName: "Lena",
      mail: "lena@contoso.example",
      userPrincipalName: "lena@contoso.example",
      userType: "Member",
      creationType: nil,
      externalUserState: nil
    )
    users = [sponsor]
    addResources()
    for number in 1...(random == nil ? Self.hazards.count : 40) {
      add(number, random)
    }
    groups.append(
      Group(id: Self.id(5, 9), displayName: "Nested", members: [Self.id(5, 1)])
    )
    // What the package gives is not a grant of its own.
    let policy = Reference(id: Self.id(7, 1))
    let given = Self.id(5, 10)
    groups.append(Group(id: given, displayName: "Given by a package", members: []))
    accessPackages.append(
      Package(
        id: Self.id(6, 1),
        displayName: "Suppliers",
        assignmentPolicies: [policy],
        resourceRoleScopes: [
          .init(
            role: .init(originSystem: "AadGroup", originId: "Member_\(given)"),
            scope: .init(originId: given)
          )
        ],
        assignments: [2, 5].map {
          .init(target: .init(objectId: Self.id(1, $0)), assignmentPolicy: policy)
        }
      )
    )
  }

  /// Names and addresses, each with something in it that some format takes for its own.
  private static let hazards: [(name: String?, mail: String?)] = [
    ("Ana\nguests: []", "ana@fabrikam.example"), ("- email: x@y.example", "dash@fabrikam.example"),
    ("*anchor &alias", "star@fabrikam.example"), ("Bell \u{7}\u{1B}[31m", "bell@fabrikam.example"),
    ("\u{202E}txt.exe", "bidi@fabrikam.example"), ("null", "null@fabrikam.example"),
    ("12", "number@fabrikam.example"), ("   ", "blank@fabrikam.example"),
    (nil, "noname@fabrikam.example"), ("# a comment", "comment@cast.fabrikam.example"),
    ("O'Neil \"Bob\" \\ & Sons: {x}", "o'neil@no.example"), ("Line\u{2028}break", "ls@on.example"),
    ("Upper", "Upper.Case@FABRIKAM.example"), ("Umlaut", "j\u{FC}rgen@m\u{FC}ller.example"),
    ("Plus", "a+b@woodgrove.example"), ("Quoted", "\"a b\"@woodgrove.example"),
    ("No mail", nil), ("Not an address", "nobody at all"), ("Two ats", "a@b@woodgrove.example"),
    ("Twin one", "twin@woodgrove.example"), ("Twin two", "TWIN@woodgrove.example"),
    ("Public", "somebody@gmail.com"), ("Public, too", "somebody@outlook.com"),
    ("Own", "own@contoso.example"), ("<script>alert(1)</script> | @all", "html@fabrikam.com"),
    ("::error::x", "log@fabrikam.example"), ("\u{1F468}\u{200D}\u{1F469}", "zwj@fabrikam.example"),
    ("=cmd|' /C calc'!A0", "formula@fabrikam.example"), ("y", "yes@xn--mller-kva.example"),
    ("%TAG ! tag:x", "percent@fabrikam.example"), ("? key", "question@fabrikam.example"),
    ("[a, b]", "flow@fabrikam.example"), ("tab\there", "tab@fabrikam.example"),
  ]

  private mutating func addResources() {
    func role(
      _ number: Int,
      _ value: String?,
      isEnabled: Bool = true,
      _ types: [String] = ["User"]
    )
      -> Role
    {
      Role(id: Self.id(3, number), value: value, isEnabled: isEnabled, allowedMemberTypes: types)
    }
    servicePrincipals = [
      App(
        id: Self.id(2, 1),
        appId: Self.id(4, 1),
        displayName: "Expenses: \"new\"\n# x",
        appRoles: [
          role(1, "Submitter"), role(2, "Twice"), role(3, "Twice", isEnabled: false),
          role(4, "Old", isEnabled: false), role(5, "Daemon", ["Application"]),
          role(6, "a:b"), role(7, nil), role(8, "null"),
        ]
      ),
      App(id: Self.id(2, 2), appId: Self.id(4, 2), displayName: "Training", appRoles: []),
      App(
        id: Self.id(2, 3),
        appId: Self.id(4, 3),
        displayName: "\u{6F22}\u{5B57}",
        appRoles: [role(9, "default"), role(10, "Reader")]
      ),
      App(
        id: Self.id(2, 4),
        appId: Self.id(4, 4),
        displayName: "training",
        appRoles: [role(11, "*"), role(12, "123")]
      ),
    ]
    groups = [
      Group(id: Self.id(5, 1), displayName: "Suppliers", members: []),
      Group(id: Self.id(5, 2), displayName: "suppliers!", members: []),
      Group(
        id: Self.id(5, 3),
        displayName: "All guests",
        groupTypes: ["DynamicMembership"],
        members: []
      ),
      Group(id: Self.id(5, 4), displayName: "Helpdesk", isAssignableToRole: true, members: []),
      Group(id: Self.id(5, 5), displayName: "From AD", onPremisesSyncEnabled: true, members: []),
      Group(id: Self.id(5, 6), displayName: "Distribution", mailEnabled: true, members: []),
      Group(
        id: Self.id(5, 7),
        displayName: "Team\u{7}",
        mailEnabled: true,
        groupTypes: ["Unified"],
        members: []
      ),
    ]
  }

  private mutating func add(_ number: Int, _ random: SeededRandomness?) {
    let draw = random.map { $0.number(in: 0..<Self.hazards.count) } ?? number - 1
    let hazard = Self.hazards[draw]
    let id = Self.id(1, number)
    let pick = { (count: Int) in random?.number(in: 0..<count) ?? number % count }
    let local = "guest\(number)"
    // In a drawn tenant an address comes back now and then, and mostly not.
    let mail = hazard.mail.map { mail in
      random == nil || pick(4) == 0 ? mail : "\(number).\(mail)"
    }
    var user = User(
      id: id,
      displayName: hazard.name,
      mail: mail,
      userPrincipalName: "\(local)_x.example#EXT#@contoso.onmicrosoft.com"
    )
    if mail == nil { user.otherMails = ["\(local)@only-further.example"] }
    user.accountEnabled = pick(7) != 0
    user.externalUserState = pick(5) == 0 ? "PendingAcceptance" : "Accepted"
    if pick(3) == 0 { user.sponsors = [Reference(id: Self.id(1, 0xFFF))] }
    if pick(11) == 1, number > 1 { user.sponsors = [Reference(id: Self.id(1, number - 1))] }
    users.append(user)
    for _ in 0..<(random == nil ? 1 : 3) {
      let app = servicePrincipals[pick(servicePrincipals.count)]
      let roles =
        app.appRoles.map(\.id) + (pick(3) == 0 || app.appRoles.isEmpty ? [Self.noRole] : [])
      let assignment = Assignment(
        principalId: id,
        resourceId: app.id,
        appRoleId: roles[random.map { $0.number(in: 0..<roles.count) } ?? number / 4 % roles.count]
      )
      let isThere = appRoleAssignments.contains {
        $0.principalId == id && $0.resourceId == app.id && $0.appRoleId == assignment.appRoleId
      }
      if !isThere { appRoleAssignments.append(assignment) }
      let group = pick(groups.count)
      if !groups[group].members.contains(id) { groups[group].members.append(id) }
    }
  }
}
