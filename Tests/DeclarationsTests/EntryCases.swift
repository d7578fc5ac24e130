/// What is wrong with entries.
enum EntryCases {
  private static let complete = "expires: 2027-01-31, ticket: T-1, sponsor: lena@contoso.example"

  static let all: [RuleCase] = [
    RuleCase(
      "nothing is wrong",
      "guests: [{email: leo@litware.example, \(complete), groups: [suppliers]}]\n",
      []
    ),
    RuleCase(
      "a guest twice",
      """
      guests:
        - {email: ①ana@fabrikam.example, groups: [suppliers]}
        - {email: ②ana@fabrikam.example, groups: [suppliers]}
      """,
      ["② GL050 error ana@fabrikam.example ←①"]
    ),
    RuleCase(
      "addresses that differ in capitals or form",
      """
      guests:
        - {email: ①ana@fabrikam.example, groups: [suppliers]}
        - {email: ②Ana@Fabrikam.example, groups: [suppliers]}
        - {email: ③josé@fabrikam.example, groups: [suppliers]}
        - {email: ④jose\u{301}@fabrikam.example, groups: [suppliers]}
      """,
      ["② GL051 error ana@fabrikam.example ←①", "④ GL051 error josé@fabrikam.example ←③"]
    ),
    RuleCase(
      "no partner for a domain",
      "guests: [{email: ①ana@fabricam.example, groups: [suppliers]}]\n",
      ["① GL052 error ana@fabricam.example"]
    ),
    RuleCase(
      "the longest domain decides, and a star does not include the domain itself",
      """
      partners: {tailspin: {domains: ["*.tailspin.example"]}}
      guests:
        - {email: a@deep.below.tailspin.example, groups: [suppliers]}
        - {email: ①b@tailspin.example, groups: [suppliers]}
      """,
      ["① GL052 error b@tailspin.example"]
    ),
    RuleCase(
      "a colleague",
      "guests: [{email: ①ana@contoso.example, groups: [suppliers]}]\n",
      ["① GL053 error ana@contoso.example"]
    ),
    RuleCase(
      "a grant to an unknown guest",
      "grants: {wiki: {Reader: [①ghost@fabrikam.example]}}\n",
      ["① GL054 warning ghost@fabrikam.example"]
    ),
    RuleCase(
      "unknown names of an entry",
      """
      guests:
        - email: leo@litware.example
          expires: 2027-01-31
          ticket: T-1
          sponsor: lena@contoso.example
          apps: [①"expense:Submitter"]
          groups: [②supplierz]
          packages: [③onboard]
          bundles: [④suppliers]
      grants: {wiky: {Reader: [⑤leo@litware.example]}, wiki: [⑥leo@litware.example]}
      """,
      [
        "① GL030 error leo@litware.example", "② GL030 error leo@litware.example",
        "③ GL030 error leo@litware.example", "④ GL030 error leo@litware.example",
        "⑤ GL030 error leo@litware.example", "⑥ GL014 error leo@litware.example",
      ]
    ),
    RuleCase(
      "what the partner does not allow",
      """
      guests:
        - {email: ana@fabrikam.example, apps: [①"wiki:Editor", "expenses:Any"], groups: [②auditors]}
      grants: {payments: {Owner: [③ana@fabrikam.example]}}
      """,
      [
        "① GL060 error ana@fabrikam.example", "② GL060 error ana@fabrikam.example",
        "③ GL060 error ana@fabrikam.example",
      ]
    ),
    RuleCase(
      "a longer stay than the partner's",
      """
      guests:
        - {email: ①ana@fabrikam.example, starts: 2026-12-01, expires: 2027-05-31, groups: [suppliers]}
        - {email: ②bob@fabrikam.example, expires: 181d, groups: [suppliers]}
        - {email: cyd@fabrikam.example, starts: 2026-12-01, expires: 2027-05-29, groups: [suppliers]}
      """,
      ["① GL061 error ←②"]
    ),
    RuleCase(
      "more guests than the partner may have",
      files: [
        "guestlist.yaml": RuleCase.organisation.replacing("guests: 5", with: "guests: ①4"),
        "more.yaml": """
        guests:
          - {email: a@fabrikam.example, groups: [suppliers]}
          - {email: b@fabrikam.example, groups: [suppliers]}
          - {email: c@fabrikam.example, groups: [suppliers]}
          - {email: d@sub.fabrikam.example, groups: [suppliers]}
        """,
      ],
      ["① GL062 error"]
    ),
    RuleCase(
      "what a partner requires",
      """
      defaults: {sponsor: access@contoso.example}
      guests: [{email: ①leo@litware.example, groups: [suppliers]}]
      """,
      [String](repeating: "① GL063 error leo@litware.example", count: 3)
    ),
    RuleCase(
      "roles that nobody may hold together",
      """
      guests:
        - {email: ana@fabrikam.example, bundles: [①supplier], apps: [②"expenses:Approver"]}
      """,
      ["② GL064 error ana@fabrikam.example ←①"]
    ),
    RuleCase(
      "authority by path, and where two globs match, what both allow",
      files: [
        "more.yaml": """
        authority:
          "partners/**": {partners: [fabrikam, litware], apps: ["expenses:*", "wiki:*"], groups: [suppliers]}
          "partners/*/limited.yaml": {partners: [fabrikam], apps: ["wiki:*"]}
          "apps/wiki/**": {apps: ["wiki:*"]}
        """,
        "partners/a/full.yaml": """
        guests:
          - {email: ana@fabrikam.example, bundles: [supplier]}
          - {email: bob@fabrikam.example, apps: [①"payments:Viewer"]}
        """,
        "partners/a/limited.yaml": """
        guests:
          - {email: cyd@fabrikam.example, apps: ["wiki:Reader"], bundles: [②supplier]}
          - {email: ③leo@litware.example, \(complete), apps: ["wiki:Reader"]}
        removed:
          - {email: ④old@litware.example, reason: left, removes: account}
          - {email: old@fabrikam.example, reason: left, removes: account}
        """,
        "apps/wiki/a.yaml": """
        grants: {wiki: {Reader: [ana@fabrikam.example]}, payments: {Viewer: [⑤ana@fabrikam.example]}}
        """,
        "other/a.yaml": "guests: [{email: ⑥dan@sub.fabrikam.example, groups: [⑦suppliers]}]\n",
      ],
      [
        "⑤ GL065 error ana@fabrikam.example", "⑥ GL065 error dan@sub.fabrikam.example",
        "① GL065 error bob@fabrikam.example", "② GL065 error cyd@fabrikam.example",
        "② GL065 error cyd@fabrikam.example", "③ GL065 error leo@litware.example",
        "④ GL065 error old@litware.example",
      ]
    ),
    RuleCase(
      "a start after the end",
      "guests: [{email: ana@fabrikam.example, starts: 2027-02-01, expires: ①2027-01-31, groups: [suppliers]}]\n",
      ["① GL066 error ana@fabrikam.example"]
    ),
    RuleCase(
      "an exception from a rule",
      """
      exceptions:
        - {entry: ana@fabrikam.example, rule: allows, until: 2026-12-31, reason: CHG-1}
      guests: [{email: ana@fabrikam.example, groups: [①auditors]}]
      """,
      ["① GL067 note ana@fabrikam.example"],
      now: "2026-12-31T23:59:59Z"
    ),
    RuleCase(
      "an exception that is over",
      """
      exceptions:
        - ①{entry: ana@fabrikam.example, rule: allows, until: 2026-12-31, reason: CHG-1}
      guests: [{email: ana@fabrikam.example, groups: [②auditors]}]
      """,
      ["② GL060 error ana@fabrikam.example ←①"],
      now: "2027-01-01T00:00:00Z"
    ),
    RuleCase(
      "an exception that is over and not needed",
      """
      exceptions:
        - ①{entry: base@fabrikam.example, rule: allows, until: 2026-12-31, reason: CHG-1}
      """,
      ["① GL068 warning"],
      now: "2027-01-01T00:00:00Z"
    ),
    RuleCase(
      "an exception for nobody",
      """
      exceptions:
        - ①{entry: ghost@fabrikam.example, rule: review, until: 2026-12-31, reason: CHG-1}
      """,
      ["① GL069 warning"]
    ),
    RuleCase(
      "dates that have passed, and grants that end after their guest",
      """
      guests:
        - email: leo@litware.example
          expires: ①2027-01-31
          ticket: T-1
          sponsor: lena@contoso.example
          apps: [{app: ②"wiki:Reader", expires: 2027-02-01}]
      grants: {suppliers: [{guest: ③leo@litware.example, expires: 2027-03-01}]}
      """,
      [
        "① GL070 warning leo@litware.example", "② GL071 warning leo@litware.example",
        "③ GL071 warning leo@litware.example",
      ],
      now: "2027-02-01T00:00:00Z"
    ),
    RuleCase(
      "a stay that the partner's limit cuts short",
      "guests: [{email: ana@fabrikam.example, expires: ①2027-12-31, groups: [suppliers]}]\n",
      ["① GL073 warning ana@fabrikam.example"],
      now: "2027-01-01T00:00:00Z"
    ),
    RuleCase(
      "a guest without grants, and one whom Graph would not invite",
      """
      guests:
        - {email: ①ana@fabrikam.example}
        - {email: ②bob+x@fabrikam.example, groups: [suppliers]}
      """,
      ["① GL072 warning ana@fabrikam.example", "② GL057 warning bob+x@fabrikam.example"]
    ),
    RuleCase(
      "the same grant twice",
      "guests: [{email: ana@fabrikam.example, groups: [①suppliers, ②suppliers]}]\n",
      ["② GL059 warning ana@fabrikam.example ←①"]
    ),
    RuleCase(
      "a sponsor who is a guest",
      """
      guests:
        - {email: ①ana@fabrikam.example, sponsor: base@fabrikam.example, groups: [suppliers]}
      """,
      ["① GL045 error ana@fabrikam.example"]
    ),
    RuleCase(
      "more sponsors than Graph accepts",
      """
      guests:
        - email: ana@fabrikam.example
          groups: [suppliers]
          sponsor: ①[a@contoso.example, b@contoso.example, c@contoso.example, d@contoso.example,
            e@contoso.example, f@contoso.example]
      """,
      ["① GL015 error ana@fabrikam.example"]
    ),
    RuleCase(
      "a fault in an entry stops the entry, wherever its address is",
      """
      guests: [{①nmae: Ana, ②groups: suppliers, apps: ["wiki:Reader"], email: ana@fabrikam.example}]
      removed: [{③why: x, reason: left, removes: grants, email: old@fabrikam.example}]
      grants: {suppliers: [{④until: 30d, guest: base@fabrikam.example}]}
      """.replacing("②groups: ", with: "groups: ②"),
      [
        "① GL012 error ana@fabrikam.example", "③ GL012 error old@fabrikam.example",
        "④ GL012 error base@fabrikam.example",
      ]
    ),
    RuleCase(
      "a guest of a domain that looks like a partner's",
      """
      partners: {world: {domains: ['*'], public: true}}
      guests: [{email: ①ana@fabrlkam.example, groups: [suppliers]}]
      """,
      ["① GL043 warning ana@fabrlkam.example"]
    ),
  ]
}
