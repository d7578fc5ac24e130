enum TenantKey: String, SectionKeys {
  case id, name, domains, cloud, ref, accounts

  static let title = "tenant"
  static let what = "`tenant`"
  static let stands = "in exactly one file, directly in the folder"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .id: KeyDefinition(.identifier, "The tenant's identifier.", required: true)
    case .name: KeyDefinition(.text, "The organisation's name.", required: true)
    case .domains:
      KeyDefinition(
        .list(.domain),
        "The tenant's own domains; their addresses are members, not guests.",
        required: true
      )
    case .cloud:
      KeyDefinition(
        .choice(["global", "usgov", "dod", "china"]),
        "The cloud that the tenant is in.",
        default: "`global`"
      )
    case .ref:
      KeyDefinition(.text, "The one branch from which the tenant is written.", default: "`main`")
    case .accounts:
      KeyDefinition(
        .choice(["here", "elsewhere"]),
        "`elsewhere`: another repository owns the tenant's accounts; this one only grants.",
        default: "`here`"
      )
    }
  }
}

enum DefaultsKey: String, SectionKeys {
  case sponsor, invitation

  static let title = "defaults"
  static let what = "`defaults`"
  static let stands = "in one file"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .sponsor:
      KeyDefinition(.oneOrMore(.address), "Who answers for a guest; at most five.", default: "none")
    case .invitation:
      KeyDefinition(.section(InvitationKey.title), "How guests are invited.")
    }
  }
}

enum InvitationKey: String, SectionKeys {
  case redirect, send, language, cc, message

  static let title = "invitation"
  static let what = "`invitation`"
  static let stands = "in `defaults`, in a partner, in a guest; the nearest wins, key by key"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .redirect:
      KeyDefinition(
        .link,
        "Where the guest lands after redeeming.",
        default: "`https://myapps.microsoft.com`"
      )
    case .send:
      KeyDefinition(.boolean, "Whether Microsoft mails the invitation.", default: "`true`")
    case .language:
      KeyDefinition(.text, "The language of the mail, as an ISO 639 tag.", default: "the service's")
    case .cc: KeyDefinition(.address, "The one further recipient of the mail.", default: "none")
    case .message:
      KeyDefinition(
        .text,
        "A warning: Graph drops the text when an application sends the mail.",
        default: "none"
      )
    }
  }
}

enum LifecycleKey: String, SectionKeys {
  case block, deleteAfter, resendAfter, resendLimit, reviewEvery, warnBefore, drift

  static let title = "lifecycle"
  static let what = "`lifecycle`"
  static let stands = "in one file"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .block:
      KeyDefinition(
        .boolean,
        "Whether a removed guest's sign-in is blocked before the account is deleted.",
        default: "`true`"
      )
    case .deleteAfter:
      KeyDefinition(
        .either(.span, .choice(["never"])),
        "How long after our block an account is deleted.",
        default: "`30d`"
      )
    case .resendAfter:
      KeyDefinition(
        .either(.span, .choice(["never"])),
        "How long an invitation may stay unredeemed before it is sent again.",
        default: "`never`"
      )
    case .resendLimit:
      KeyDefinition(.integer, "How often an invitation is sent again.", default: "`2`")
    case .reviewEvery:
      KeyDefinition(
        .either(.span, .choice(["never"])),
        "How long after `reviewed` a review is due.",
        default: "`180d`"
      )
    case .warnBefore:
      KeyDefinition(.span, "How long before its end an entry is reported.", default: "`14d`")
    case .drift:
      KeyDefinition(
        .choice(["restore", "report"]),
        "What happens to a declared grant that was removed outside Guestlist.",
        default: "`restore`"
      )
    }
  }
}

enum SuspendKey: String, SectionKeys {
  case until, reason

  static let title = "suspend"
  static let what = "`suspend`"
  static let stands = "in one file"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .until: KeyDefinition(.day, "The end of the pause.", required: true)
    case .reason: KeyDefinition(.text, "Why.", required: true)
    }
  }
}

enum LinksKey: String, SectionKeys {
  case commit, pull

  static let title = "links"
  static let what = "`links`"
  static let stands = "in one file"
  static let table = KeyTable<Self>()

  var definition: KeyDefinition {
    switch self {
    case .commit:
      KeyDefinition(.link, "The page of a commit; `{sha}` is its name.", default: "none")
    case .pull:
      KeyDefinition(.link, "The page of a pull request; `{number}` is its number.", default: "none")
    }
  }
}
