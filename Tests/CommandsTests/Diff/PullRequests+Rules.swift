extension PullRequest {
  private static let policy = "guestlist.yaml"
  private static let catalog = "catalog.yaml"
  private static let fabrikam = "partners/fabrikam/fabrikam.yaml"

  /// Changes of rules, guards and names, and those of which something is wrong.
  static let rules = [
    PullRequest(
      "a rule loosened and used at once",
      [
        Edit(
          fabrikam,
          "\"payments:Viewer\"], groups",
          "\"payments:Viewer\", \"expenses:Auditor\"], groups"
        ),
        Edit(fabrikam, "apps: [\"wiki:Reader\"]", "apps: [\"wiki:Reader\", \"expenses:Auditor\"]"),
      ],
      [
        "Uses a rule that the same change loosens",
        "  ! ana@fabrikam.example  `expenses:Auditor`; before: partner `fabrikam` does not allow `expenses:Auditor`, which is granted to `ana@fabrikam.example`  desired-state/partners/fabrikam/fabrikam.yaml:13",
        "Rules and guards loosened",
        "  ! partner `fabrikam` is allowed more: adds `expenses:Auditor`  desired-state/partners/fabrikam/fabrikam.yaml:2",
        "Access given",
        "  + ana@fabrikam.example  `expenses:Auditor`  desired-state/partners/fabrikam/fabrikam.yaml:13",
        "Changes: 1 use of a loosened rule, 1 rule loosened and 1 guest given more.",
      ]
    ),
    PullRequest(
      "a longer stay for everybody",
      [Edit(fabrikam, "stay: 90d", "stay: 180d")],
      [
        "Rules and guards loosened",
        "  ! guests of partner `fabrikam` may stay longer: from `90d` to `180d`  desired-state/partners/fabrikam/fabrikam.yaml:2",
        "Extended",
        "  + ceo@fabrikam.example, ylva@fabrikam.example  for 90 days → for 180 days  desired-state/partners/fabrikam/fabrikam.yaml:14",
        "Changes: 1 rule loosened and 2 extended.",
      ]
    ),
    PullRequest(
      "guards lowered",
      [
        Edit(policy, "removals: {guests: 3}", "removals: {guests: 500}"),
        Edit(policy, "  protected: [ceo@fabrikam.example]\n", ""),
      ],
      [
        "Rules and guards loosened",
        "  ! `guards.removals.guests` rose from 3 to 500  desired-state/guestlist.yaml:8",
        "  ! `ceo@fabrikam.example` is no longer protected  desired-state/guestlist.yaml:8",
        "Changes: 2 rules loosened.",
      ]
    ),
    PullRequest(
      "guards tightened",
      [Edit(policy, "grants: {count: 12}", "grants: {count: 5}")],
      [
        "Other rules and names",
        "  ~ `guards.grants.count` changes from `12` to `5`  desired-state/guestlist.yaml:8",
        "Changes: 1 other rule.",
      ]
    ),
    PullRequest(
      "a name pointed at another app",
      [Edit(catalog, "000000000011}", "000000000099}")],
      [
        "Rules and guards loosened",
        "  ! `authority` of `partners/fabrikam/**` covers more  desired-state/guestlist.yaml:12",
        "  ! partner `fabrikam` is allowed more  desired-state/partners/fabrikam/fabrikam.yaml:2",
        "Names pointed elsewhere",
        "  ! app `wiki` was `0f3c0000-0000-4000-8000-000000000011` and is now `0f3c0000-0000-4000-8000-000000000099`  desired-state/catalog.yaml:3",
        "Access given",
        "  + ana@fabrikam.example  `wiki:Reader`  desired-state/partners/fabrikam/fabrikam.yaml:13",
        "  + ylva@fabrikam.example  `wiki:Editor`  desired-state/partners/fabrikam/fabrikam.yaml:18",
        "Access taken away",
        "  - ana@fabrikam.example  `wiki (before):Reader`  desired-state/partners/fabrikam/fabrikam.yaml:13 before",
        "  - ylva@fabrikam.example  `wiki (before):Editor`  desired-state/partners/fabrikam/fabrikam.yaml:18 before",
        "Changes: 2 rules loosened, 1 name pointed elsewhere, 2 guests given more and 2 guests lose access.",
      ]
    ),
    PullRequest(
      "a name that only sounds better",
      [
        Edit(catalog, "  wiki: {", "  handbook: {"),
        Edit(
          fabrikam,
          "\"expenses:Submitter\", \"wiki:*\"",
          "\"expenses:Submitter\", \"handbook:*\""
        ),
        Edit(fabrikam, "apps: [\"wiki:Reader\"]", "apps: [\"handbook:Reader\"]"),
        Edit(fabrikam, "\"wiki:Editor\"", "\"handbook:Editor\""),
        Edit(policy, "\"wiki:*\"", "\"handbook:*\""),
      ],
      [
        "Other rules and names",
        "  ~ app `wiki` is now called `handbook`  desired-state/catalog.yaml:3",
        "Changes: 1 other rule.",
      ]
    ),
    PullRequest(
      "a bundle that gives more",
      [
        Edit(catalog, "[\"expenses:Submitter\"]", "[\"expenses:Submitter\", \"wiki:Reader\"]")
      ],
      [
        "Access given",
        "  + ceo@fabrikam.example, oskar@fabrikam.example, ylva@fabrikam.example  `wiki:Reader`  desired-state/catalog.yaml:12",
        "Changes: 3 guests given more.",
      ]
    ),
    PullRequest(
      "a role given through another group",
      [Edit(catalog, "via: {Reader: report-readers}", "via: {Reader: suppliers}")],
      [
        "Names pointed elsewhere",
        "  ! `apps.reports.via` adds `Reader: suppliers`; drops `Reader: report-readers`  desired-state/catalog.yaml:5",
        "Changes: 1 name pointed elsewhere.",
      ]
    ),
    PullRequest(
      "an app made exclusive",
      [Edit(catalog, "000000000012}", "000000000012, exclusive: {from: 2026-12-01}}")],
      [
        "Made exclusive",
        "  ! `payments` is exclusive: access that is not declared is revoked  desired-state/catalog.yaml:4",
        "Changes: 1 resource made exclusive.",
      ]
    ),
    PullRequest(
      "a new partner with its first guest",
      [
        Edit(
          "woodgrove.yaml",
          "",
          """
          partners:
            woodgrove: {name: Woodgrove, domains: [woodgrove.example], allows: {apps: ["wiki:*"]}}
          guests:
            - {email: kim@woodgrove.example, expires: 2027-06-30, apps: ["wiki:Reader"]}

          """
        )
      ],
      [
        "New guests",
        "  + kim@woodgrove.example  `wiki:Reader`, until 30 Jun 2027  desired-state/woodgrove.yaml:4",
        "Other rules and names",
        "  ~ new partner `woodgrove`  desired-state/woodgrove.yaml:2",
        "Changes: 1 new guest and 1 other rule.",
      ]
    ),
    PullRequest(
      "another page after the invitation, and faster deletes",
      [
        Edit(policy, "https://myapps.microsoft.com", "https://start.contoso.example"),
        Edit(policy, "deleteAfter: 30d", "deleteAfter: 7d"),
      ],
      [
        "Other rules and names",
        "  ~ `defaults.invitation.redirect` changes from `https://myapps.microsoft.com` to `https://start.contoso.example`  desired-state/guestlist.yaml:4",
        "  ~ `lifecycle.deleteAfter` changes from `30d` to `7d`  desired-state/guestlist.yaml:6",
        "Changes: 2 other rules.",
      ]
    ),
    PullRequest(
      "an authority that covers more",
      [Edit(policy, "{apps: [\"payments:*\"]}", "{apps: [\"payments:*\", \"wiki:*\"]}")],
      [
        "Rules and guards loosened",
        "  ! `authority` of `apps/payments/**` covers more: adds `wiki:*`  desired-state/guestlist.yaml:14",
        "Changes: 1 rule loosened.",
      ]
    ),
    PullRequest(
      "an order to remove who was never declared",
      [
        Edit(
          "removed.yaml",
          "",
          "removed:\n  - {email: old@fabrikam.example, reason: left in 2024, removes: account}\n"
        )
      ],
      [
        "Removal of undeclared access",
        "  ! old@fabrikam.example  the account and its access: `left in 2024`  desired-state/removed.yaml:2",
        "Changes: 1 removal of undeclared access.",
      ]
    ),
    PullRequest(
      "a role that may not be held beside another",
      [
        Edit(fabrikam, "\"expenses:Submitter\", \"wiki:*\"", "\"expenses:*\", \"wiki:*\""),
        Edit(fabrikam, "apps: [\"wiki:Reader\"]", "apps: [\"wiki:Reader\", \"expenses:Approver\"]"),
      ],
      [
        "Rules and guards loosened",
        "  ! partner `fabrikam` is allowed more: adds `expenses:*`; drops `expenses:Submitter`  desired-state/partners/fabrikam/fabrikam.yaml:2",
        "Skipped (nothing new is given)",
        "  ~ ana@fabrikam.example  `expenses:Approver`: nobody may hold both `expenses:Submitter` and `expenses:Approver`  desired-state/partners/fabrikam/fabrikam.yaml:13",
        "Changes: 1 rule loosened and 1 skipped.",
      ]
    ),
    PullRequest(
      "more guests than the partner may have",
      [
        Edit(
          fabrikam,
          "  - email: oskar@fabrikam.example\n",
          """
            - {email: a1@fabrikam.example}
            - {email: a2@fabrikam.example}
            - {email: a3@fabrikam.example}
            - email: oskar@fabrikam.example

          """
        )
      ],
      [
        "Skipped (nothing new is given)",
        "  ~ a1@fabrikam.example, a2@fabrikam.example, a3@fabrikam.example  partner `fabrikam` has 7 guests; the limit is 6  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 3 skipped.",
      ]
    ),
    PullRequest(
      "an app that the catalog does not have, and a partner that does not have it",
      [
        Edit(
          fabrikam,
          "apps: [\"wiki:Reader\"]",
          "apps: [\"wikki:Reader\", \"payments:Admin\"]"
        )
      ],
      [
        "Access taken away",
        "  - ana@fabrikam.example  `wiki:Reader`  desired-state/partners/fabrikam/fabrikam.yaml:13 before",
        "Skipped (nothing new is given)",
        "  ~ ana@fabrikam.example  `wikki:Reader`: app `wikki` is not in the catalog  desired-state/partners/fabrikam/fabrikam.yaml:13",
        "  ~ ana@fabrikam.example  `payments:Admin`: `partners/fabrikam/fabrikam.yaml` has no `authority` over `payments:Admin`  desired-state/partners/fabrikam/fabrikam.yaml:13",
        "Changes: 1 guest loses access and 2 skipped.",
      ]
    ),
    PullRequest(
      "a fault mended",
      before: [Edit(fabrikam, "expires: 60d", "expires: 2030-01-01\n    sponsor: x@other.example")],
      [Edit(fabrikam, "    sponsor: x@other.example\n", "")],
      [
        "No longer skipped",
        "  + oskar@fabrikam.example  `expenses:Submitter`, `group suppliers`  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 1 guest no longer skipped.",
      ]
    ),
    PullRequest(
      "everybody out",
      [
        Edit(
          fabrikam,
          "guests:\n  - email: ana@fabrikam.example\n    name: Ana Horvat\n    expires: 2027-01-31\n"
            + "    apps: [\"wiki:Reader\"]\n  - email: ceo@fabrikam.example\n"
            + "  - email: oskar@fabrikam.example\n    expires: 60d\n  - email: ylva@fabrikam.example\n"
            + "    apps: [{app: \"wiki:Editor\", expires: 2026-12-31}]\n",
          ""
        ), Edit(policy, "removals: {guests: 3}", "removals: {guests: 2}"),
      ],
      [
        "Guests removed",
        "  - ana@fabrikam.example  losing `expenses:Submitter`, `group suppliers`, `wiki:Reader`  desired-state/partners/fabrikam/fabrikam.yaml:10 before",
        "  - ceo@fabrikam.example, oskar@fabrikam.example  losing `expenses:Submitter`, `group suppliers`  desired-state/partners/fabrikam/fabrikam.yaml:14 before",
        "  - ylva@fabrikam.example  losing `expenses:Submitter`, `group suppliers`, `payments:Viewer`, `wiki:Editor`  desired-state/partners/fabrikam/fabrikam.yaml:17 before",
        "Other rules and names",
        "  ~ `guards.removals.guests` changes from `3` to `2`  desired-state/guestlist.yaml:8",
        "Held back by guards, as far as this shows without the tenant",
        "  ! guard `protected`: nothing is taken from `ceo@fabrikam.example`: protected",
        "  ! guard `removals`: 3 guests would lose access; the limit is 2",
        "Changes: 4 guests removed, 1 other rule and 2 held back.",
      ]
    ),
    PullRequest(
      "a large share of a small tenant",
      before: [Edit(policy, "removals: {guests: 3}", "removals: {percent: 25, floor: 5}")],
      [
        Edit(
          "partners/litware/litware.yaml",
          "  - email: noor@litware.example\n    apps: [\"payments:Viewer\"]\n    packages: [onboarding]\n",
          ""
        ),
        Edit(fabrikam, "  - email: oskar@fabrikam.example\n    expires: 60d\n", ""),
      ],
      [
        "Guests removed",
        "  - oskar@fabrikam.example  losing `expenses:Submitter`, `group suppliers`  desired-state/partners/fabrikam/fabrikam.yaml:15 before",
        "  - noor@litware.example  losing `package onboarding`, `payments:Viewer`  desired-state/partners/litware/litware.yaml:7 before",
        "Held back by guards, as far as this shows without the tenant",
        "  ! guard `removals`: 2 of 6 declared guests would lose access; the limit is 25 percent",
        "Changes: 2 guests removed and 1 held back.",
      ]
    ),
    PullRequest(
      "more ends on one day than may be taken away at once",
      before: [Edit(policy, "removals: {guests: 3}", "expiries: {guests: 1}")],
      [
        Edit(fabrikam, "expires: 60d", "expires: 2026-12-31"),
        Edit(fabrikam, "ceo@fabrikam.example", "ceo@fabrikam.example\n    expires: 2026-12-31"),
        Edit(fabrikam, "expires: 2027-01-31", "expires: 2026-11-25"),
      ],
      [
        "Extended",
        "  + ceo@fabrikam.example  for 90 days → until 31 Dec 2026  desired-state/partners/fabrikam/fabrikam.yaml:14",
        "  + oskar@fabrikam.example  for 60 days → until 31 Dec 2026  desired-state/partners/fabrikam/fabrikam.yaml:16",
        "Shortened",
        "  - ana@fabrikam.example  until 31 Jan 2027 → until 25 Nov 2026  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Held back by guards, as far as this shows without the tenant",
        "  ! guard `expiries`: access of 2 guests would end on 2026-12-31; the limit is 1",
        "Changes: 2 extended, 1 shortened and 1 held back.",
      ]
    ),
    PullRequest(
      "a file that cannot be read",
      [Edit(fabrikam, "guests:\n", "guests: [\n")],
      [
        "The later commit cannot be used: only its blocks and passed end dates would be carried out.",
        "Errors",
        "  desired-state/partners/fabrikam/fabrikam.yaml:10:3: not valid YAML: did not find expected node content while parsing a flow node",
      ]
    ),
    PullRequest(
      "the first declarations",
      before: organisation.keys.sorted().map { Edit($0, organisation[$0] ?? "", "") },
      organisation.keys.sorted().map { Edit($0, "", organisation[$0] ?? "") },
      [
        "The earlier commit declares nothing that can be read: everything is new.",
        "New guests",
        "  + ana@fabrikam.example  `expenses:Submitter`, `group suppliers`, `wiki:Reader`, until 31 Jan 2027  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "  + ceo@fabrikam.example  `expenses:Submitter`, `group suppliers`, for 90 days  desired-state/partners/fabrikam/fabrikam.yaml:14",
        "  + oskar@fabrikam.example  `expenses:Submitter`, `group suppliers`, for 60 days  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "  + ylva@fabrikam.example  `expenses:Submitter`, `group suppliers`, `payments:Viewer`, `wiki:Editor`, for 90 days  desired-state/partners/fabrikam/fabrikam.yaml:17",
        "  + noor@litware.example  `package onboarding`, `payments:Viewer`  desired-state/partners/litware/litware.yaml:7",
        "  + sam@eu.litware.example  `reports:Reader`  desired-state/partners/litware/litware.yaml:10",
        "Blocked",
        "  - sam@eu.litware.example  sign-in is blocked: `lost laptop, INC-77`  desired-state/partners/litware/litware.yaml:10",
        "Held back by guards, as far as this shows without the tenant",
        "  ! guard `grants`: 14 grants would be given; the limit is 12",
        "Changes: 6 new guests, 1 blocked and 1 held back.",
      ]
    ),
    PullRequest(
      "a file mended that could not be read",
      before: [Edit(fabrikam, "guests:\n", "guests: [\n")],
      [Edit(fabrikam, "guests: [\n", "guests:\n")],
      [
        "The earlier commit cannot be used: what cannot be read of it looks new.",
        "New guests",
        "  + ana@fabrikam.example  `expenses:Submitter`, `group suppliers`, `wiki:Reader`, until 31 Jan 2027  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "  + ceo@fabrikam.example  `expenses:Submitter`, `group suppliers`, for 90 days  desired-state/partners/fabrikam/fabrikam.yaml:14",
        "  + oskar@fabrikam.example  `expenses:Submitter`, `group suppliers`, for 60 days  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "  + ylva@fabrikam.example  `expenses:Submitter`, `group suppliers`, `payments:Viewer`, `wiki:Editor`, for 90 days  desired-state/partners/fabrikam/fabrikam.yaml:17",
        "Other rules and names",
        "  ~ new partner `fabrikam`  desired-state/partners/fabrikam/fabrikam.yaml:2",
        "Changes: 4 new guests and 1 other rule.",
      ]
    ),
    PullRequest(
      "comments and layout",
      [Edit(policy, "version: 1\n", "# Owned by the access desk.\nversion: 1\n\n")],
      [
        "No changes: both commits declare the same."
      ]
    ),
  ]
}
