extension DeclarationRule {
  /// What the finding is about, in a few words.
  package var title: String { text.0 }

  /// What is wrong and what to do, in one or two sentences.
  package var explanation: String { text.1 }

  private var text: (String, String) {
    switch self {
    case .encoding: ("Not UTF-8", "Declarations are UTF-8 text; save the file as UTF-8.")
    case .forbiddenCharacter:
      (
        "Forbidden character",
        "The file has a character that is invisible or changes how a line is shown. Delete it."
      )
    case .byteOrderMark:
      ("Byte order mark", "The file begins with a byte order mark. Save it without one.")
    case .syntax: ("YAML syntax", "The file is not valid YAML, so nothing in it can be read.")
    case .tooLarge:
      ("Too large", "A file or the whole folder is larger than Guestlist reads. Split it.")
    case .tooDeep:
      ("Nested too deeply", "The file nests lists or mappings deeper than any declaration needs.")
    case .anchor:
      (
        "Anchor or alias",
        "YAML anchors and aliases are not supported; write the value out, or use a bundle."
      )
    case .tag: ("YAML tag", "YAML tags are not supported; the schema decides the type of a value.")
    case .document:
      ("Second document", "A file holds one YAML document; remove the `---` or split the file.")
    case .mergeKey:
      (
        "Merge key",
        "The YAML merge key `<<` is not supported; write the keys out, or use a bundle."
      )
    case .duplicateKey: ("Duplicate key", "A mapping has the same key twice; keep one of them.")
    case .unknownKey:
      (
        "Unknown key",
        "The key is not part of the schema; it may be misspelt or in the wrong section."
      )
    case .missingKey: ("Missing key", "A key that the section needs is missing.")
    case .wrongKind:
      (
        "Wrong type",
        "The value has another type than the schema asks for, such as text in place of a list."
      )
    case .wrongValue: ("Invalid value", "The value is not one that the key allows.")
    case .unbuiltKey:
      (
        "Key not supported yet",
        "The key is reserved and this version does not support it. Remove it."
      )
    case .path:
      ("File not read", "Something in the folder is not a file that can be read as a declaration.")
    case .noFiles:
      ("No declarations", "The folder has no `*.yaml` or `*.yml` file. Check `--path`.")
    case .moreFindings:
      ("More findings", "There are more findings than are listed. Fix these first.")
    case .noTenant: ("No tenant", "No file has a `tenant:` section; exactly one must have one.")
    case .declaredTwice:
      ("Declared twice", "Two files declare the same thing; keep one of the declarations.")
    case .version:
      (
        "Unsupported version",
        "The file asks for a version of the format that this program does not know."
      )
    case .unknownName:
      ("Unknown name", "The name is not in the catalog and not the name of a bundle or partner.")
    case .ambiguousName:
      ("Ambiguous name", "The name could mean several things; use another alias for one of them.")
    case .sameIdentifier:
      ("Same identifier", "Two aliases have the same identifier; keep one of them.")
    case .unusedBundle: ("Unused bundle", "No guest and no partner uses the bundle.")
    case .unusedResource: ("Unused alias", "Nothing grants the app, group or access package.")
    case .emptyBundle: ("Empty bundle", "The bundle has no apps, groups or packages.")
    case .overlappingPartners:
      (
        "Overlapping partners",
        "Two partners have the same domain, so that a guest could belong to either."
      )
    case .ownDomain:
      (
        "The tenant's own domain",
        "A partner lists a domain of the tenant itself; its people are members, not guests."
      )
    case .publicPartner:
      (
        "Public mail domain",
        "Anybody can have an address in this domain; say `public: true` if that is meant."
      )
    case .lookalikeDomain:
      (
        "Look-alike domain",
        "The domain looks like another one that is declared. Check its spelling."
      )
    case .sponsorOutside:
      (
        "Sponsor outside the tenant",
        "A sponsor has an address that is not in one of the tenant's domains."
      )
    case .sponsorIsGuest:
      (
        "Sponsor is a guest",
        "A sponsor is declared as a guest; a sponsor should be a member of the tenant."
      )
    case .invitationMessage:
      ("Invitation message", "Graph drops `message` when an application sends the invitation.")
    case .guestTwice:
      ("Guest declared twice", "Two entries declare the same address; keep one of them.")
    case .sameAddressOtherForm:
      (
        "Same address, written differently",
        "Two addresses are the same after normalisation; keep one of them."
      )
    case .noPartner: ("No partner", "No partner has the domain of this address.")
    case .guestOfOwnDomain:
      (
        "Address of the tenant itself",
        "The address is in one of the tenant's own domains; its owner is a member."
      )
    case .unknownGuest:
      ("Unknown guest", "A `grants` section names an address that is not under `guests`.")
    case .guestAndRemoved:
      (
        "Declared and removed",
        "An address is under `guests` and under `removed`; keep one of them."
      )
    case .protectedIdentity:
      (
        "Protected address",
        "The change would take access from an address under `guards.protected`."
      )
    case .uninvitableAddress:
      ("Address cannot be invited", "Graph refuses to invite an address with these characters.")
    case .unreadableAddress: ("Not an email address", "The text is not an email address.")
    case .grantTwice:
      ("Granted twice", "The same grant is declared more than once for a guest; keep one of them.")
    case .notAllowed:
      (
        "Not allowed for the partner",
        "The partner's `allows` does not have this app, role, group or package."
      )
    case .stayTooLong:
      ("Stay too long", "The end date is later than the partner's `limits.stay` allows.")
    case .tooManyGuests:
      ("Too many guests", "The partner has more guests than its `limits.guests` allows.")
    case .requirementMissing:
      (
        "Required key missing",
        "The partner's `requires` asks for a key that the entry does not have."
      )
    case .separation:
      (
        "Separation of duties",
        "A rule under `rules.separation` forbids one guest to hold both roles."
      )
    case .authority:
      ("Outside the file's authority", "The file's path has no `authority` to declare this.")
    case .startsAfterEnd:
      ("Starts after its end", "`starts` is later than `expires`, so the entry never counts.")
    case .exceptionApplied: ("Exception applied", "An entry under `exceptions` lets this pass.")
    case .exceptionOver:
      ("Exception over", "An entry under `exceptions` has ended and no longer counts. Remove it.")
    case .exceptionUnused:
      ("Exception unused", "An entry under `exceptions` lets nothing pass. Remove it.")
    case .expiryPast:
      ("End date passed", "The end date has passed; the entry is as if it were not declared.")
    case .outlivesGuest:
      ("Ends after the guest", "A grant ends later than its guest, whose end counts.")
    case .withoutAccess: ("No access", "The guest is invited and given nothing.")
    case .stayClipped: ("Stay shortened", "A limit ends the entry before its own date.")
    case .loosened:
      (
        "Rule loosened",
        "A rule allows more than before, and entries use it in the same change. Look at both."
      )
    }
  }
}
