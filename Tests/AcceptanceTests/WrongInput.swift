/// A mistake in declarations, as somebody new to them makes it.
struct WrongInput {
  var name: String
  /// Files that are written beside those of `organisation`, or in their place.
  var files: [String: [UInt8]]

  init(_ name: String, files: [String: [UInt8]]) {
    self.name = name
    self.files = files
  }

  init(_ name: String, files: [String: String]) {
    self.init(name, files: files.mapValues { Array($0.utf8) })
  }

  init(_ name: String, guests: String) { self.init(name, files: ["guests.yaml": guests]) }
  init(_ name: String, acme: String) { self.init(name, files: ["partners/acme.yaml": acme]) }
  init(_ name: String, catalog: String) { self.init(name, files: ["catalog.yaml": catalog]) }
  init(_ name: String, settings: String) { self.init(name, files: ["settings.yaml": settings]) }

  /// Declarations in which nothing is wrong.
  static let organisation = [
    "guestlist.yaml": """
    version: 1
    tenant:
      id: 5b2a9c3e-0000-4000-8000-000000000001
      name: Contoso
      domains: contoso.example

    """,
    "catalog.yaml": catalog,
    "partners/acme.yaml": acme,
    "guests.yaml": guests,
  ]

  private static let catalog = """
    apps:
      jira:
        appId: 0f3c0000-0000-4000-8000-000000000010
        roles: [User, Admin]
      wiki:
        appId: 0f3c0000-0000-4000-8000-000000000011
    groups:
      suppliers:
        id: 7a000000-0000-4000-8000-000000000020
    bundles:
      dev:
        apps: [jira:User, wiki:Reader]
        groups: suppliers

    """
  private static let acme = """
    partners:
      acme:
        domains: acme.example
        sponsor: lena@contoso.example

    """
  private static let guests = """
    guests:
      - email: ana@acme.example
        bundles: dev

    """

  private static func everyoneInDev(_ count: Int) -> String {
    "guests:\n" + (1...count).map { "  - email: g\($0)@acme.example\n    bundles: dev\n" }.joined()
  }

  // MARK: - YAML

  static let syntax: [WrongInput] = [
    WrongInput("a tab as indentation", guests: "guests:\n\t- email: ana@acme.example\n"),
    WrongInput(
      "a tab inside a list",
      guests: "guests:\n  - email: ana@acme.example\n\t  bundles: dev\n"
    ),
    WrongInput("a list that is not closed", guests: "guests:\n  - {email: ana@acme.example\n"),
    WrongInput(
      "a key indented by one space too many",
      guests: "guests:\n  - email: ana@acme.example\n     bundles: dev\n"
    ),
    WrongInput(
      "a colon in a text without quotes",
      guests: "guests:\n  - email: ana@acme.example\n    bundles: dev\n    reason: note: urgent\n"
    ),
    WrongInput(
      "a text that begins with @",
      guests: "guests:\n  - email: @acme.example\n    bundles: dev\n"
    ),
    WrongInput(
      "a star without quotes",
      acme: "partners:\n  acme:\n    domains: *.acme.example\n    sponsor: lena@contoso.example\n"
    ),
    WrongInput(
      "conflict markers",
      guests: """
        guests:
        <<<<<<< HEAD
          - email: ana@acme.example
        =======
          - email: bob@acme.example
        >>>>>>> feature
            bundles: dev

        """
    ),
    WrongInput(
      "an anchor and an alias",
      guests: """
        guests:
          - email: ana@acme.example
            bundles: &team [dev]
          - email: bob@acme.example
            bundles: *team

        """
    ),
    WrongInput(
      "a merge key",
      guests: """
        guests:
          - &base
            email: ana@acme.example
            bundles: dev
          - <<: *base
            email: bob@acme.example

        """
    ),
    WrongInput("a tag", guests: "guests:\n  - email: !!str ana@acme.example\n    bundles: dev\n"),
    WrongInput(
      "a second document",
      guests: "guests:\n  - email: ana@acme.example\n    bundles: dev\n---\nguests: []\n"
    ),
    WrongInput(
      "a byte-order mark",
      guests: "\u{FEFF}guests:\n  - email: ana@acme.example\n    bundles: dev\n"
    ),
    WrongInput(
      "Windows line ends, which are fine",
      guests: "guests:\r\n  - email: ana@acme.example\r\n    bundles: dev\r\n"
    ),
    WrongInput(
      "Latin-1",
      files: [
        "guests.yaml": Array("guests:\n  - email: ana@acme.example\n    name: Ren".utf8) + [0xE9]
          + Array("\n    bundles: dev\n".utf8)
      ]
    ),
    WrongInput(
      "text that is turned around",
      guests: "guests:\n  - email: ana@acme.example # \u{202E}moc.live\u{202C}\n    bundles: dev\n"
    ),
    WrongInput(
      "a no-break space as indentation",
      guests: "guests:\n  - email: ana@acme.example\n\u{A0}   bundles: dev\n"
    ),
    WrongInput(
      "curly quotes",
      guests: "guests:\n  - email: \u{201C}ana@acme.example\u{201D}\n    bundles: dev\n"
    ),
    WrongInput("an empty file, which is fine", files: ["guests.yaml": ""]),
    WrongInput("only a comment, which is fine", files: ["guests.yaml": "# nobody yet\n"]),
    WrongInput("a list at the top", guests: "- email: ana@acme.example\n  bundles: dev\n"),
    WrongInput("a text at the top", guests: "ana@acme.example\n"),
    WrongInput(
      "JSON with a trailing comma, which is fine",
      guests: "{\"guests\": [{\"email\": \"ana@acme.example\", \"bundles\": [\"dev\"]},]}\n"
    ),
  ]

  // MARK: - Keys and types

  static let keys: [WrongInput] = [
    WrongInput("a misspelt section", guests: "guest:\n  - email: ana@acme.example\n"),
    WrongInput(
      "a misspelt key of a guest",
      guests: "guests:\n  - email: ana@acme.example\n    bundle: dev\n"
    ),
    WrongInput(
      "a key of another tool",
      guests: "guests:\n  - mail: ana@acme.example\n    role: Reader\n"
    ),
    WrongInput(
      "a misspelt key of a partner",
      acme: "partners:\n  acme:\n    domain: acme.example\n    sponsor: lena@contoso.example\n"
    ),
    WrongInput(
      "a misspelt key of the tenant",
      files: [
        "guestlist.yaml": """
        tennant:
          id: 5b2a9c3e-0000-4000-8000-000000000001
          name: Contoso
          domains: contoso.example

        """
      ]
    ),
    WrongInput(
      "guests in the wrong place",
      acme: """
        partners:
          acme:
            domains: acme.example
            sponsor: lena@contoso.example
            guests:
              - email: bob@acme.example

        """
    ),
    WrongInput(
      "a key twice in a guest",
      guests: """
        guests:
          - email: ana@acme.example
            bundles: dev
            expires: 2031-03-31
            expires: 2031-06-30

        """
    ),
    WrongInput(
      "a section twice in a file",
      guests: """
        guests:
          - email: ana@acme.example
            bundles: dev
        guests:
          - email: bob@acme.example
            bundles: dev

        """
    ),
    WrongInput("guests by address", guests: "guests:\n  ana@acme.example:\n    bundles: dev\n"),
    WrongInput(
      "guests as plain addresses",
      guests: "guests:\n  - ana@acme.example\n  - bob@acme.example\n"
    ),
    WrongInput(
      "partners as a list",
      acme:
        "partners:\n  - name: acme\n    domains: acme.example\n    sponsor: lena@contoso.example\n"
    ),
    WrongInput(
      "an app as its identifier",
      catalog:
        "apps:\n  jira: 0f3c0000-0000-4000-8000-000000000010\nbundles:\n  dev:\n    apps: [jira:User]\n"
    ),
    WrongInput(
      "an unquoted colon and space in a list",
      guests: "guests:\n  - email: ana@acme.example\n    apps: [jira: User]\n"
    ),
    WrongInput(
      "an unquoted colon and space in a block",
      guests: "guests:\n  - email: ana@acme.example\n    apps:\n      - jira: User\n"
    ),
    WrongInput(
      "roles by app",
      guests:
        "guests:\n  - email: ana@acme.example\n    apps:\n      jira: User\n      wiki: Reader\n"
    ),
    WrongInput(
      "an app without a role",
      guests: "guests:\n  - email: ana@acme.example\n    apps: [wiki]\n"
    ),
    WrongInput(
      "every role of an app",
      guests: "guests:\n  - email: ana@acme.example\n    apps: [wiki:*]\n"
    ),
    WrongInput(
      "a null",
      guests:
        "guests:\n  - email: ana@acme.example\n    bundles: dev\n    expires: null\n    reason:\n"
    ),
    WrongInput(
      "booleans of YAML 1.1",
      settings: "lifecycle:\n  block: yes\ndefaults:\n  invitation:\n    send: \"true\"\n"
    ),
    WrongInput(
      "a key that this version does not support",
      acme: """
        partners:
          acme:
            domains: acme.example
            sponsor: lena@contoso.example
            signUp:
              bundles: dev

        """
    ),
    WrongInput("an unknown version", settings: "version: 2\n"),
    WrongInput("a version as text", settings: "version: v1\n"),
  ]

  // MARK: - Values

  static let values: [WrongInput] = [
    WrongInput(
      "a date the German way",
      guests: "guests:\n  - email: ana@acme.example\n    bundles: dev\n    expires: 31.03.2031\n"
    ),
    WrongInput(
      "a date that does not exist",
      guests: "guests:\n  - email: ana@acme.example\n    bundles: dev\n    expires: 2031-02-30\n"
    ),
    WrongInput(
      "a time without an offset",
      guests:
        "guests:\n  - email: ana@acme.example\n    bundles: dev\n    expires: 2031-03-31T18:00:00\n"
    ),
    WrongInput(
      "months as a duration",
      acme: """
        partners:
          acme:
            domains: acme.example
            sponsor: lena@contoso.example
            limits:
              stay: 6m
              guests: ten

        """
    ),
    WrongInput(
      "an end before the start",
      guests: """
        guests:
          - email: ana@acme.example
            bundles: dev
            starts: 2031-06-01
            expires: 2031-03-31

        """
    ),
    WrongInput(
      "an end that has passed",
      guests: "guests:\n  - email: ana@acme.example\n    bundles: dev\n    expires: 2020-03-31\n"
    ),
    WrongInput(
      "a name in place of an address",
      guests: "guests:\n  - email: Ana Horvat\n    bundles: dev\n"
    ),
    WrongInput(
      "an address with its name",
      guests: "guests:\n  - email: Ana Horvat <ana@acme.example>\n    bundles: dev\n"
    ),
    WrongInput(
      "two addresses in one",
      guests: "guests:\n  - email: ana@acme.example, bob@acme.example\n    bundles: dev\n"
    ),
    WrongInput(
      "the same guest in two files",
      files: [
        "partners/more.yaml": "guests:\n  - email: Ana@Acme.example\n    apps: [wiki:Editor]\n"
      ]
    ),
    WrongInput(
      "the same guest twice",
      guests:
        "guests:\n  - email: ana@acme.example\n    bundles: dev\n  - email: ana@acme.example\n    bundles: dev\n"
    ),
    WrongInput(
      "a name in place of an identifier",
      catalog: "apps:\n  jira:\n    appId: jira-prod\nbundles:\n  dev:\n    apps: [jira:User]\n"
    ),
    WrongInput(
      "a link without https",
      settings:
        "links:\n  commit: http://git.contoso.example/{sha}\n  pull: https://git.contoso.example/pull\n"
    ),
    WrongInput(
      "a mistyped choice",
      settings: "lifecycle:\n  drift: reprot\ntrust:\n  require: all\n"
    ),
    WrongInput("signatures without signers", settings: "trust:\n  require: range\n"),
    WrongInput(
      "guards that are no numbers",
      settings: "guards:\n  removals:\n    guests: \"10\"\n    percent: 150\n  invitations: 50\n"
    ),
    WrongInput(
      "six sponsors",
      guests: """
        guests:
          - email: ana@acme.example
            bundles: dev
            sponsor: [a@contoso.example, b@contoso.example, c@contoso.example, d@contoso.example, e@contoso.example, f@contoso.example]

        """
    ),
  ]

  // MARK: - Names and rules

  static let rules: [WrongInput] = [
    WrongInput("no tenant", files: ["guestlist.yaml": "version: 1\n"]),
    WrongInput(
      "two tenants",
      settings:
        "tenant:\n  id: 5b2a9c3e-0000-4000-8000-000000000002\n  name: Fabrikam\n  domains: fabrikam.example\n"
    ),
    WrongInput(
      "an unknown bundle",
      guests: "guests:\n  - email: ana@acme.example\n    bundles: std\n"
    ),
    WrongInput(
      "a misspelt bundle of ten guests",
      guests: "guests:\n"
        + (1...10).map { "  - email: g\($0)@acme.example\n    bundles: dve\n" }.joined()
    ),
    WrongInput(
      "an unknown app and an unknown role",
      guests: "guests:\n  - email: ana@acme.example\n    apps: [jera:User, jira:Users]\n"
    ),
    WrongInput(
      "an unknown group and an unknown package",
      guests:
        "guests:\n  - email: ana@acme.example\n    groups: supplier\n    packages: onboarding\n"
    ),
    WrongInput(
      "a bundle with an unknown role",
      catalog: """
        apps:
          jira:
            appId: 0f3c0000-0000-4000-8000-000000000010
            roles: [User, Admin]
        bundles:
          dev:
            apps: [jira:Developer]

        """
    ),
    WrongInput(
      "a guest of nobody's domain",
      guests: "guests:\n  - email: ana@acme.exmaple\n    bundles: dev\n"
    ),
    WrongInput(
      "a guest of a subdomain",
      guests: "guests:\n  - email: ana@x.acme.example\n    bundles: dev\n"
    ),
    WrongInput(
      "a colleague as a guest",
      guests: "guests:\n  - email: lena@contoso.example\n    bundles: dev\n"
    ),
    WrongInput(
      "a sponsor from outside",
      guests:
        "guests:\n  - email: ana@acme.example\n    bundles: dev\n    sponsor: bob@acme.example\n"
    ),
    WrongInput(
      "a partner's sponsor from outside, and ten guests",
      files: [
        "partners/acme.yaml":
          "partners:\n  acme:\n    domains: acme.example\n    sponsor: bob@fabrikam.example\n",
        "guests.yaml": everyoneInDev(10),
      ]
    ),
    WrongInput(
      "a public mail domain",
      acme:
        "partners:\n  acme:\n    domains: [acme.example, gmail.com]\n    sponsor: lena@contoso.example\n"
    ),
    WrongInput(
      "any domain",
      acme: "partners:\n  acme:\n    domains: \"*\"\n    sponsor: lena@contoso.example\n"
    ),
    WrongInput(
      "the tenant's own domain",
      acme:
        "partners:\n  acme:\n    domains: [acme.example, contoso.example]\n    sponsor: lena@contoso.example\n"
    ),
    WrongInput(
      "two partners of one domain",
      files: [
        "partners/acme2.yaml":
          "partners:\n  acme-europe:\n    domains: acme.example\n    sponsor: lena@contoso.example\n"
      ]
    ),
    WrongInput(
      "what the partner does not allow, in a bundle of ten guests",
      files: [
        "partners/acme.yaml": """
        partners:
          acme:
            domains: acme.example
            sponsor: lena@contoso.example
            allows:
              apps: wiki:*
              groups: suppliers

        """,
        "guests.yaml": everyoneInDev(10),
      ]
    ),
    WrongInput(
      "a required sponsor, with one in defaults",
      files: [
        "settings.yaml": "defaults:\n  sponsor: access@contoso.example\n",
        "partners/acme.yaml":
          "partners:\n  acme:\n    domains: acme.example\n    requires: [sponsor, ticket]\n",
        "guests.yaml": everyoneInDev(4),
      ]
    ),
    WrongInput(
      "a stay that is too long",
      files: [
        "partners/acme.yaml": """
        partners:
          acme:
            domains: acme.example
            sponsor: lena@contoso.example
            limits:
              stay: 90d

        """,
        "guests.yaml": """
        guests:
          - email: ana@acme.example
            bundles: dev
            expires: 180d
          - email: bob@acme.example
            bundles: dev
            starts: 2031-01-01
            expires: 2031-12-31

        """,
      ]
    ),
    WrongInput(
      "too many guests",
      files: [
        "partners/acme.yaml": """
        partners:
          acme:
            domains: acme.example
            sponsor: lena@contoso.example
            limits:
              guests: 2

        """,
        "guests.yaml": everyoneInDev(4),
      ]
    ),
    WrongInput(
      "roles that nobody may hold together",
      files: [
        "settings.yaml": "rules:\n  separation:\n    - [jira:User, jira:Admin]\n",
        "guests.yaml":
          "guests:\n  - email: ana@acme.example\n    bundles: dev\n    apps: jira:Admin\n",
      ]
    ),
    WrongInput(
      "a file without authority",
      files: [
        "settings.yaml": """
        authority:
          "partners/acme/**":
            partners: acme
            apps: wiki:*

        """,
        "partners/acme/acme.yaml":
          "guests:\n  - email: bob@acme.example\n    apps: [wiki:Reader, jira:User]\n",
        "partners/acme.yaml": "guests:\n  - email: cleo@acme.example\n    bundles: dev\n",
        "partner.yaml":
          "partners:\n  acme:\n    domains: acme.example\n    sponsor: lena@contoso.example\n",
      ]
    ),
    WrongInput(
      "an exception that has ended",
      files: [
        "settings.yaml": """
        exceptions:
          - entry: ana@acme.example
            rule: requires
            until: 2020-12-31
            reason: on leave

        """,
        "partners/acme.yaml":
          "partners:\n  acme:\n    domains: acme.example\n    sponsor: lena@contoso.example\n    requires: ticket\n",
      ]
    ),
    WrongInput(
      "a guest who is also removed",
      files: [
        "removed.yaml":
          "removed:\n  - email: ana@acme.example\n    reason: left\n    removes: account\n"
      ]
    ),
    WrongInput(
      "a removal without a reason",
      files: ["removed.yaml": "removed:\n  - old@acme.example\n  - email: bob@acme.example\n"]
    ),
    WrongInput(
      "grants to somebody who is no guest, and to an app without roles",
      files: [
        "grants.yaml": "grants:\n  suppliers: [bob@acme.example]\n  wiki: [ana@acme.example]\n"
      ]
    ),
    WrongInput(
      "an app that two names mean",
      catalog: """
        apps:
          jira:
            appId: 0f3c0000-0000-4000-8000-000000000010
          wiki:
            appId: 0f3c0000-0000-4000-8000-000000000010
        groups:
          suppliers:
            id: 7a000000-0000-4000-8000-000000000020
        bundles:
          dev:
            apps: [jira:User, wiki:Reader]
            groups: suppliers

        """
    ),
    WrongInput(
      "a broken catalog, and everything that uses it",
      catalog: "apps:\n  jira:\n    appId: 0f3c0000\nbundles:\n  dev:\n    apps: [jira:User]\n"
    ),
    WrongInput("a file with another ending", files: ["more.YAML": "guests: []\n"]),
    WrongInput(
      "a guest with nothing",
      guests: "guests:\n  - email: ana@acme.example\n"
    ),
  ]
}
