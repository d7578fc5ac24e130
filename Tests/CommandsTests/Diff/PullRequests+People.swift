extension PullRequest {
  private static let fabrikam = "partners/fabrikam/fabrikam.yaml"
  private static let litware = "partners/litware/litware.yaml"
  private static let oskar = "  - email: oskar@fabrikam.example\n    expires: 60d\n"

  /// Changes of who may come in, what they get and how long they stay.
  static let people = [
    PullRequest(
      "a new colleague at a partner",
      [Edit(fabrikam, oskar, "  - email: bo@fabrikam.example\n    ticket: CHG-7\n\(oskar)")],
      [
        "New guests",
        "  + bo@fabrikam.example  `expenses:Submitter`, `group suppliers`, for 90 days  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 1 new guest.",
      ]
    ),
    PullRequest(
      "two new colleagues with the same access",
      [
        Edit(
          fabrikam,
          oskar,
          "  - {email: bo@fabrikam.example}\n  - {email: cy@fabrikam.example}\n\(oskar)"
        )
      ],
      [
        "New guests",
        "  + bo@fabrikam.example, cy@fabrikam.example  `expenses:Submitter`, `group suppliers`, for 90 days  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 2 new guests.",
      ]
    ),
    PullRequest(
      "somebody leaves",
      [Edit(fabrikam, oskar, "")],
      [
        "Guests removed",
        "  - oskar@fabrikam.example  losing `expenses:Submitter`, `group suppliers`  desired-state/partners/fabrikam/fabrikam.yaml:15 before",
        "Changes: 1 guest removed.",
      ]
    ),
    PullRequest(
      "somebody leaves whose access an app's owners declared",
      [
        Edit(
          fabrikam,
          "  - email: ylva@fabrikam.example\n    apps: [{app: \"wiki:Editor\", expires: 2026-12-31}]\n",
          ""
        ), Edit("apps/payments/grants.yaml", "", "grants: {}\n"),
      ],
      [
        "Guests removed",
        "  - ylva@fabrikam.example  losing `expenses:Submitter`, `group suppliers`, `payments:Viewer`, `wiki:Editor`  desired-state/partners/fabrikam/fabrikam.yaml:17 before",
        "Changes: 1 guest removed.",
      ]
    ),
    PullRequest(
      "a role raised",
      [Edit(fabrikam, "apps: [\"wiki:Reader\"]", "apps: [\"wiki:Admin\"]")],
      [
        "Roles changed",
        "  ! ana@fabrikam.example  `wiki`: `Reader` → `Admin`  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Changes: 1 role changed.",
      ]
    ),
    PullRequest(
      "one more role",
      [Edit(fabrikam, "apps: [\"wiki:Reader\"]", "apps: [\"wiki:Reader\", \"wiki:Editor\"]")],
      [
        "Access given",
        "  + ana@fabrikam.example  `wiki:Editor`  desired-state/partners/fabrikam/fabrikam.yaml:13",
        "Changes: 1 guest given more.",
      ]
    ),
    PullRequest(
      "a role dropped",
      [Edit(fabrikam, "    apps: [\"wiki:Reader\"]\n", "")],
      [
        "Access taken away",
        "  - ana@fabrikam.example  `wiki:Reader`  desired-state/partners/fabrikam/fabrikam.yaml:13 before",
        "Changes: 1 guest loses access.",
      ]
    ),
    PullRequest(
      "a stay extended from 60 to 90 days",
      [Edit(fabrikam, "expires: 60d", "expires: 90d")],
      [
        "Extended",
        "  + oskar@fabrikam.example  for 60 days → for 90 days  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 1 extended.",
      ]
    ),
    PullRequest(
      "a date moved on",
      [Edit(fabrikam, "expires: 2027-01-31", "expires: 2027-02-15")],
      [
        "Extended",
        "  + ana@fabrikam.example  until 31 Jan 2027 → until 15 Feb 2027  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Changes: 1 extended.",
      ]
    ),
    PullRequest(
      "a date moved forward",
      [Edit(fabrikam, "expires: 2027-01-31", "expires: 2026-12-15")],
      [
        "Shortened",
        "  - ana@fabrikam.example  until 31 Jan 2027 → until 15 Dec 2026  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Changes: 1 shortened.",
      ]
    ),
    PullRequest(
      "one grant for longer",
      [Edit(fabrikam, "expires: 2026-12-31", "expires: 2027-01-15")],
      [
        "Extended",
        "  + ylva@fabrikam.example  `wiki:Editor` until 31 Dec 2026 → until 15 Jan 2027  desired-state/partners/fabrikam/fabrikam.yaml:18",
        "Changes: 1 extended.",
      ]
    ),
    PullRequest(
      "a review, from which the days count again",
      [Edit(fabrikam, "expires: 60d", "expires: 60d\n    reviewed: 2026-11-20")],
      [
        "Stay starts again",
        "  + oskar@fabrikam.example  for 60 days, counted from this merge  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 1 stay starts again.",
      ]
    ),
    PullRequest(
      "a date that has passed when it is merged",
      [Edit(fabrikam, "expires: 2027-01-31", "expires: 2026-11-01")],
      [
        "Guests removed",
        "  - ana@fabrikam.example  losing `expenses:Submitter`, `group suppliers`, `wiki:Reader`  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Shortened",
        "  - ana@fabrikam.example  until 31 Jan 2027 → until 1 Nov 2026  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Changes: 1 guest removed and 1 shortened.",
      ]
    ),
    PullRequest(
      "an address changed after a marriage",
      [
        Edit(
          fabrikam,
          "email: ana@fabrikam.example",
          "email: ana.berg@fabrikam.example\n    previously: [ana@fabrikam.example]"
        )
      ],
      [
        "Addresses changed",
        "  ! ana.berg@fabrikam.example  was `ana@fabrikam.example`  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Changes: 1 address changed.",
      ]
    ),
    PullRequest(
      "an address changed without saying so",
      [Edit(fabrikam, "email: ana@fabrikam.example", "email: ana.berg@fabrikam.example")],
      [
        "New guests",
        "  + ana.berg@fabrikam.example  `expenses:Submitter`, `group suppliers`, `wiki:Reader`, until 31 Jan 2027  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Guests removed",
        "  - ana@fabrikam.example  losing `expenses:Submitter`, `group suppliers`, `wiki:Reader`  desired-state/partners/fabrikam/fabrikam.yaml:10 before",
        "Changes: 1 new guest and 1 guest removed.",
      ]
    ),
    PullRequest(
      "another sponsor for one guest",
      [Edit(fabrikam, "name: Ana Horvat", "name: Ana Horvat\n    sponsor: max@contoso.example")],
      [
        "Sponsors changed",
        "  ~ ana@fabrikam.example  `lena@contoso.example` → `max@contoso.example`  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Changes: 1 sponsor changed.",
      ]
    ),
    PullRequest(
      "a stolen laptop",
      [Edit(fabrikam, oskar, "\(oskar)    blocked: stolen laptop, INC-91\n")],
      [
        "Blocked",
        "  - oskar@fabrikam.example  sign-in is blocked: `stolen laptop, INC-91`  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 1 blocked.",
      ]
    ),
    PullRequest(
      "a laptop found",
      [Edit(litware, "    blocked: lost laptop, INC-77\n", "")],
      [
        "Unblocked",
        "  + sam@eu.litware.example  sign-in is allowed again  desired-state/partners/litware/litware.yaml:10",
        "Changes: 1 unblocked.",
      ]
    ),
    PullRequest(
      "an account given back",
      [Edit(fabrikam, oskar, "\(oskar)    return: 2026-11-20\n")],
      [
        "Given back",
        "  + oskar@fabrikam.example  as of 20 Nov 2026  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 1 given back.",
      ]
    ),
    PullRequest(
      "a later start",
      before: [Edit(fabrikam, oskar, "\(oskar)    starts: 2026-12-01\n")],
      [Edit(fabrikam, "starts: 2026-12-01", "starts: 2027-01-04")],
      [
        "Start changed",
        "  ~ oskar@fabrikam.example  1 Dec 2026 → 4 Jan 2027  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 1 start changed.",
      ]
    ),
    PullRequest(
      "an account pinned",
      [Edit(fabrikam, oskar, "\(oskar)    id: 9b100000-0000-4000-8000-000000000001\n")],
      [
        "Accounts pinned",
        "  ! oskar@fabrikam.example  to account `9b100000-0000-4000-8000-000000000001`  desired-state/partners/fabrikam/fabrikam.yaml:15",
        "Changes: 1 account pinned.",
      ]
    ),
    PullRequest(
      "a name spelled right",
      [Edit(fabrikam, "name: Ana Horvat", "name: Ana Horvát\n    ticket: CHG-9")],
      [
        "Details",
        "  ~ ana@fabrikam.example  `name`, `ticket`  desired-state/partners/fabrikam/fabrikam.yaml:10",
        "Changes: 1 detail.",
      ]
    ),
    PullRequest(
      "files and lines moved about",
      [
        Edit(fabrikam, oskar, ""),
        Edit("partners/fabrikam/more.yaml", "", "guests:\n\(oskar)"),
      ],
      [
        "No changes: both commits declare the same."
      ]
    ),
    PullRequest(
      "an app's owners give a role",
      [
        Edit(
          "apps/payments/grants.yaml",
          "2027-01-31}\n",
          "2027-01-31}\n      - {guest: ana@fabrikam.example}\n"
        )
      ],
      [
        "Access given",
        "  + ana@fabrikam.example  `payments:Viewer`  desired-state/apps/payments/grants.yaml:5",
        "Changes: 1 guest given more.",
      ]
    ),
  ]
}
