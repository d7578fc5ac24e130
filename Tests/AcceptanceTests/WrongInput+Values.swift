extension WrongInput {
  private static func everyoneInDev(_ count: Int) -> String {
    "guests:\n" + (1...count).map { "  - email: g\($0)@acme.example\n    bundles: dev\n" }.joined()
  }

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
      "guards that are not numbers",
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
      "grants to somebody who is not a guest, and to an app without roles",
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
