package import Access

/// Every kind of finding that reading declarations makes, by the number of its code.
///
/// Numbers are for ever: one that is no longer used is not used again.
package enum DeclarationRule: Int, CaseIterable, Sendable {
  case encoding = 1
  case forbiddenCharacter = 2
  case byteOrderMark = 3
  case syntax = 4
  case tooLarge = 5
  case tooDeep = 6
  case anchor = 7
  case tag = 8
  case document = 9
  case mergeKey = 10
  case duplicateKey = 11
  case unknownKey = 12
  case missingKey = 13
  case wrongKind = 14
  case wrongValue = 15
  case unbuiltKey = 16
  case path = 17
  case noFiles = 18
  case moreFindings = 19

  case noTenant = 20
  case declaredTwice = 21
  case version = 22

  case unknownName = 30
  case ambiguousName = 31
  case sameIdentifier = 32
  case unusedBundle = 33
  case unusedResource = 34
  case emptyBundle = 35

  case overlappingPartners = 40
  case ownDomain = 41
  case publicPartner = 42
  case lookalikeDomain = 43
  case sponsorOutside = 44
  case sponsorIsGuest = 45
  case invitationMessage = 46

  case guestTwice = 50
  case sameAddressOtherForm = 51
  case noPartner = 52
  case guestOfOwnDomain = 53
  case unknownGuest = 54
  case guestAndRemoved = 55
  case protectedIdentity = 56
  case uninvitableAddress = 57
  case unreadableAddress = 58
  case grantTwice = 59

  case notAllowed = 60
  case stayTooLong = 61
  case tooManyGuests = 62
  case requirementMissing = 63
  case separation = 64
  case authority = 65
  case startsAfterEnd = 66
  case exceptionApplied = 67
  case exceptionOver = 68
  case exceptionUnused = 69

  case expiryPast = 70
  case outlivesGuest = 71
  case withoutAccess = 72
  case stayClipped = 73
  case loosened = 75

  package var code: FindingCode { FindingCode(rawValue) }
}

extension DeclarationRule {
  /// What the finding is about, in a few words: the name of the rule, spelled out.
  package var title: String {
    var title = ""
    for letter in "\(self)" {
      title += letter.isUppercase ? " \(letter.lowercased())" : String(letter)
    }
    return title.prefix(1).uppercased() + title.dropFirst()
  }

  /// What is wrong and what to do, in one or two sentences.
  package var explanation: String {
    switch self {
    case .encoding: "Declarations are UTF-8 text; save the file as UTF-8."
    case .forbiddenCharacter:
      "The file has a character that is invisible or changes how a line is shown. Delete it."
    case .byteOrderMark: "The file begins with a byte order mark. Save it without one."
    case .syntax: "The file is not valid YAML, so nothing in it can be read."
    case .tooLarge: "A file or the whole folder is larger than Guestlist reads. Split it."
    case .tooDeep: "The file nests lists or mappings deeper than any declaration needs."
    case .anchor:
      "YAML anchors and aliases are not supported; write the value out, or use a bundle."
    case .tag: "YAML tags are not supported; the schema decides the type of a value."
    case .document: "A file holds one YAML document; remove the `---` or split the file."
    case .mergeKey: "The YAML merge key `<<` is not supported; write the keys out, or use a bundle."
    case .duplicateKey: "A mapping has the same key twice; keep one of them."
    case .unknownKey:
      "The key is not part of the schema; it may be misspelt or in the wrong section."
    case .missingKey: "A key that the section needs is missing."
    case .wrongKind:
      "The value has another type than the schema asks for, such as text in place of a list."
    case .wrongValue: "The value is not one that the key allows."
    case .unbuiltKey: "The key is reserved and this version does not support it. Remove it."
    case .path: "Something in the folder is not a file that can be read as a declaration."
    case .noFiles: "The folder has no `*.yaml` or `*.yml` file. Check `--path`."
    case .moreFindings: "There are more findings than are listed. Fix these first."
    case .noTenant: "No file has a `tenant:` section; exactly one must have one."
    case .declaredTwice: "Two files declare the same thing; keep one of the declarations."
    case .version: "The file asks for a version of the format that this program does not know."
    case .unknownName: "The name is not in the catalog and not the name of a bundle or partner."
    case .ambiguousName: "The name could mean several things; use another alias for one of them."
    case .sameIdentifier: "Two aliases have the same identifier; keep one of them."
    case .unusedBundle: "No guest and no partner uses the bundle."
    case .unusedResource: "Nothing grants the app, group or access package."
    case .emptyBundle: "The bundle has no apps, groups or packages."
    case .overlappingPartners:
      "Two partners have the same domain, so that a guest could belong to either."
    case .ownDomain:
      "A partner lists a domain of the tenant itself; its people are members, not guests."
    case .publicPartner:
      "Anybody can have an address in this domain; say `public: true` if that is meant."
    case .lookalikeDomain: "The domain looks like another one that is declared. Check its spelling."
    case .sponsorOutside: "A sponsor has an address that is not in one of the tenant's domains."
    case .sponsorIsGuest:
      "A sponsor is declared as a guest; a sponsor should be a member of the tenant."
    case .invitationMessage: "Graph drops `message` when an application sends the invitation."
    case .guestTwice: "Two entries declare the same address; keep one of them."
    case .sameAddressOtherForm: "Two addresses are the same after normalisation; keep one of them."
    case .noPartner: "No partner has the domain of this address."
    case .guestOfOwnDomain:
      "The address is in one of the tenant's own domains; its owner is a member."
    case .unknownGuest: "A `grants` section names an address that is not under `guests`."
    case .guestAndRemoved: "An address is under `guests` and under `removed`; keep one of them."
    case .protectedIdentity:
      "The change would take access from an address under `guards.protected`."
    case .uninvitableAddress: "Graph refuses to invite an address with these characters."
    case .unreadableAddress: "The text is not an email address."
    case .grantTwice: "The same grant is declared more than once for a guest; keep one of them."
    case .notAllowed: "The partner's `allows` does not have this app, role, group or package."
    case .stayTooLong: "The end date is later than the partner's `limits.stay` allows."
    case .tooManyGuests: "The partner has more guests than its `limits.guests` allows."
    case .requirementMissing:
      "The partner's `requires` asks for a key that the entry does not have."
    case .separation: "A rule under `rules.separation` forbids one guest to hold both roles."
    case .authority: "The file's path has no `authority` to declare this."
    case .startsAfterEnd: "`starts` is later than `expires`, so the entry never counts."
    case .exceptionApplied: "An entry under `exceptions` lets this pass."
    case .exceptionOver: "An entry under `exceptions` has ended and no longer counts. Remove it."
    case .exceptionUnused:
      "An entry under `exceptions` is for an address that is not under `guests`."
    case .expiryPast: "The end date has passed; the entry is as if it were not declared."
    case .outlivesGuest: "A grant ends later than its guest, whose end counts."
    case .withoutAccess: "The guest is invited and given nothing."
    case .stayClipped: "A limit ends the entry before its own date."
    case .loosened:
      "A rule allows more than before. Look at it, and at what uses it in the same change."
    }
  }
}
