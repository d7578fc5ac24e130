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
