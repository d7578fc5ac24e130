/// What is wrong with a file by itself.
enum SyntaxCases {
  static let all: [RuleCase] = [
    RuleCase("an unknown key", "①guest: []\n", ["① GL012 error commit"]),
    RuleCase(
      "an unknown key of an entry stops the entry",
      "guests:\n  - {email: ana@fabrikam.example, ①expire: 2027-01-01, groups: [suppliers]}\n",
      ["① GL012 error ana@fabrikam.example"]
    ),
    RuleCase(
      "a key given twice",
      "links: {commit: 'https://a.example/{sha}', ①commit: 'https://b.example/{sha}'}\n",
      ["① GL011 error commit"]
    ),
    RuleCase(
      "a name given twice",
      """
      groups:
        ①one: {id: 7a000000-0000-4000-8000-000000000031}
        ②one: {id: 7a000000-0000-4000-8000-000000000032}
      """,
      ["② GL021 error ←①"]
    ),
    RuleCase("a missing key", "suspend: ①{until: 2027-01-01}\n", ["① GL013 error commit"]),
    RuleCase("a wrong kind", "guests: ①ana@fabrikam.example\n", ["① GL014 error commit"]),
    RuleCase(
      "an anchor",
      "defaults: {sponsor: ①&a lena@contoso.example}\n",
      ["① GL007 error commit"]
    ),
    RuleCase(
      "an alias",
      "defaults: {sponsor: ①&a lena@contoso.example, invitation: {cc: ②*a}}\n",
      ["① GL007 error commit", "② GL007 error commit"]
    ),
    RuleCase(
      "a tag",
      "defaults: {sponsor: ①!!str lena@contoso.example}\n",
      ["① GL008 error commit"]
    ),
    RuleCase("a second document", "version: 1\n①---\nversion: 1\n", ["① GL009 error commit"]),
    RuleCase("a directive", "①%YAML 1.1\n---\nversion: 1\n", ["① GL009 error commit"]),
    RuleCase(
      "a merge key",
      "defaults: {①<<: {sponsor: lena@contoso.example}}\n",
      ["① GL010 error commit"]
    ),
    RuleCase("a key that is a list", "? ①[a, b]\n: c\n", ["① GL014 error commit"]),
    RuleCase("not YAML", "guests:\n  - {email: a@b.example\n- x\n①", ["① GL004 error commit"]),
    RuleCase("a byte-order mark", "①\u{FEFF}version: 1\n", ["① GL003 error commit"]),
    RuleCase(
      "a line separator ends a comment for libyaml",
      "guests: # nothing here①\u{2028}  - email: eve@fabrikam.example\n",
      ["① GL002 error commit"]
    ),
    RuleCase("a next line", "guests: []①\u{85}\n", ["① GL002 error commit"]),
    RuleCase("a paragraph separator", "guests: [] #①\u{2029}\n", ["① GL002 error commit"]),
    RuleCase(
      "a character that reverses text",
      "guests: [] # ①\u{202E}x\n",
      ["① GL002 error commit"]
    ),
    RuleCase("a null character", "guests: [] # ①\u{0}x\n", ["① GL002 error commit"]),
    RuleCase(
      "a forbidden character as an escape",
      "links: {commit: ①\"https://a.example/\\u202E{sha}\"}\n",
      ["① GL002 error commit"]
    ),
    RuleCase(
      "a key that is not supported",
      "trust: {①portal: trust/portal.pub}\n",
      ["① GL016 error commit"]
    ),
    RuleCase("another version", "version: ①2\n", ["① GL022 error commit"]),
    RuleCase(
      "values of the wrong form",
      """
      lifecycle:
        block: ①yes
        deleteAfter: ②1m
        resendAfter: ③0d
        resendLimit: ④-1
        drift: ⑤restor
      links:
        commit: ⑥http://a.example/{sha}
        pull: ⑦https://a.example
      """,
      [
        "① GL015 error commit", "② GL015 error commit", "③ GL015 error commit",
        "④ GL015 error commit", "⑤ GL015 error commit", "⑥ GL015 error", "⑦ GL015 error",
      ]
    ),
    RuleCase(
      "more values of the wrong form",
      """
      guards:
        removals: {percent: ①101}
        invitations: {guests: ②"5"}
      trust: {require: ③all, signers: [④../keys]}
      suspend: {until: ⑤2027-02-30, reason: ⑥~}
      defaults: {sponsor: ⑦lena, invitation: {redirect: ⑧http://a.example, language: ⑨e, send: ⑩"true"}}
      authority: {⑪/abs: {partners: []}}
      """,
      [
        "① GL015 error commit", "② GL015 error commit", "③ GL015 error commit",
        "④ GL015 error commit", "⑤ GL015 error commit", "⑥ GL015 error commit", "⑦ GL058 error",
        "⑧ GL015 error", "⑨ GL015 error", "⑩ GL015 error", "⑪ GL015 error commit",
      ]
    ),
    RuleCase(
      "a faulty address stops everything, since nobody can tell whose entry it is",
      "guests:\n  - {email: ①ana at fabrikam.example}\n  - {email: ②a@b@c.example}\n",
      ["① GL058 error commit", "② GL058 error commit"]
    ),
    RuleCase(
      "a grant without a role, and one of every role",
      """
      guests:
        - {email: ana@fabrikam.example, apps: [①expenses, ②"expenses:*"], groups: [suppliers]}
      """,
      ["① GL015 error ana@fabrikam.example", "② GL015 error ana@fabrikam.example"]
    ),
    RuleCase(
      "names, domains, identifiers and roles of the wrong form",
      """
      groups: {①a b: {id: 7a000000-0000-4000-8000-000000000031}}
      apps: {crm: {appId: ②0f3c0000, name: ③""}}
      partners:
        tailspin: {domains: [④not a domain, "*.tailspin.example"]}
        nobody: {domains: ⑤[]}
        stern: {domains: [stern.example], requires: [⑥tickets], limits: {stay: ⑦10}}
      grants: {wiki: {⑧"*": [base@fabrikam.example]}}
      rules: {separation: [[⑨":Reader", "wiki:Reader", "wiki:Editor"]]}
      exceptions: [{entry: base@fabrikam.example, rule: ⑩everything, until: 2027-01-01, reason: x}]
      """,
      [
        "① GL015 error", "② GL015 error", "③ GL015 error", "④ GL015 error", "⑤ GL015 error",
        "⑥ GL015 error", "⑦ GL015 error", "⑧ GL015 error commit", "⑨ GL015 error", "⑩ GL015 error",
      ]
    ),
    RuleCase(
      "not a branch",
      files: [
        "guestlist.yaml": RuleCase.organisation.replacing(
          "domains: [contoso.example]}",
          with: "domains: [contoso.example], ref: ①refs/heads/main}"
        )
      ],
      ["① GL015 error commit"]
    ),
  ]
}

extension String {
  /// The text with one part of it put in another's place.
  func replacing(_ part: String, with other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
