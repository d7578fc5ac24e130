/// What is wrong with tenant, catalog, partners and rules.
enum PolicyCases {
  static let all: [RuleCase] = [
    RuleCase(
      "no tenant",
      files: ["guestlist.yaml": "version: 1\n"],
      ["folder GL020 error commit"]
    ),
    RuleCase(
      "two tenants",
      "tenant: ①{id: 5b2a9c3e-0000-4000-8000-000000000002, name: Other, domains: [other.example]}\n",
      ["① GL021 error commit"]
    ),
    RuleCase(
      "the same name in two files",
      "①partners: {①litware: {domains: [litware2.example]}}\n".replacing("①p", with: "p"),
      ["① GL021 error"]
    ),
    RuleCase(
      "unknown names",
      """
      bundles: {auditor: {apps: [①"wikki:Reader"], groups: [②supplier]}}
      rules: {separation: [["expenses:A", ③"wiky:B"]]}
      partners:
        tailspin:
          domains: [tailspin.example]
          includes: [④suplier, auditor]
          allows: {apps: [⑤"expense:*"], groups: [⑥auditor], packages: [⑦onbording]}
      """,
      [
        "① GL030 error", "② GL030 error", "③ GL030 error", "④ GL030 error", "⑤ GL030 error",
        "⑥ GL030 error", "⑦ GL030 error",
      ]
    ),
    RuleCase(
      "one id under two names",
      """
      groups:
        ①other: {id: 7A000000-0000-4000-8000-000000000020}
      """,
      ["① GL032 error"]
    ),
    RuleCase(
      "a name that is a group and a package",
      """
      packages:
        ①auditors:
          id: 7d000000-0000-4000-8000-000000000031
          policy: 31000000-0000-4000-8000-000000000031
      grants: {auditors: [②base@fabrikam.example]}
      """,
      ["① GL031 warning", "② GL031 error base@fabrikam.example"]
    ),
    RuleCase(
      "what is unused",
      """
      apps: {①crm: {appId: 0f3c0000-0000-4000-8000-000000000019}}
      bundles: {②auditor: {groups: [auditors]}, ③empty: {}}
      """,
      ["① GL034 warning", "② GL033 warning", "③ GL033 warning", "③ GL035 warning"]
    ),
    RuleCase(
      "partners that overlap",
      """
      partners:
        fabrikam-it: {domains: [①FABRIKAM.example, ②"*.fabrikam.example", it.fabrikam.example]}
      """,
      ["① GL040 error", "② GL040 error"]
    ),
    RuleCase(
      "the tenant's own domain",
      """
      partners:
        us: {domains: [①contoso.example, ②"*.example"]}
      """,
      ["① GL041 error", "② GL041 error"]
    ),
    RuleCase(
      "a partner for anybody",
      "partners: {world: {domains: [①'*']}}\n",
      ["① GL042 error"]
    ),
    RuleCase(
      "a partner for anybody that says so",
      """
      partners: {world: {domains: ['*'], public: true}}
      guests: [{email: someone@nowhere.example, groups: [suppliers]}]
      """,
      []
    ),
    RuleCase(
      "domains that look alike",
      """
      partners:
        fake: {domains: [①fabrlkam.example, ②"*.fabrlkam.example"]}
        other: {domains: [③"litwarе.example"]}
        us: {domains: [④c0ntoso.example]}
      """,
      ["① GL043 warning", "③ GL043 warning", "④ GL043 warning"]
    ),
    RuleCase(
      "sponsors from elsewhere",
      """
      defaults: {sponsor: ①me@fabrikam.example}
      partners: {tailspin: {domains: [tailspin.example], sponsor: [a@contoso.example, ②b@c.example]}}
      """,
      ["① GL044 error", "② GL044 error"]
    ),
    RuleCase(
      "a message that Graph would drop",
      "defaults: {invitation: {message: ①Welcome}}\n",
      ["① GL046 warning"]
    ),
    RuleCase(
      "a removal of a protected guest, a second removal, and one of a declared guest",
      """
      guards: {protected: [ceo@fabrikam.example]}
      removed:
        - {email: ①ceo@fabrikam.example, reason: x, removes: account}
        - {email: ②old@fabrikam.example, reason: x, removes: account}
        - {email: ③OLD@fabrikam.example, reason: x, removes: grants}
        - {email: ④base@fabrikam.example, reason: x, removes: grants}
      """,
      [
        "① GL056 error ceo@fabrikam.example", "③ GL050 error old@fabrikam.example ←②",
        "④ GL055 error base@fabrikam.example",
      ]
    ),
    RuleCase(
      "what a subfolder may not have where `authority` limits paths",
      files: [
        "more.yaml": "authority: {'partners/**': {partners: [litware]}}\n",
        "partners/litware/a.yaml": """
        defaults: ①{sponsor: lena@contoso.example}
        partners: {②northwind: {domains: [northwind.example]}}
        """,
      ],
      ["① GL065 error", "② GL065 error"]
    ),
    RuleCase(
      "an authority for a partner that is not there",
      "authority: {'partners/a/**': {partners: [①fabricam]}}\n",
      ["① GL030 warning"]
    ),
    RuleCase(
      "a separation of one",
      "rules: {separation: [①['expenses:A']]}\n",
      ["① GL015 error"]
    ),
  ]
}
