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
}
