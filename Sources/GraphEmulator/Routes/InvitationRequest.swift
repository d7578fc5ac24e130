/// What the body of an invitation asks for, its form checked.
struct InvitationRequest: Sendable {
  let address: String
  let redirectURL: String
  let displayName: String?
  let userType: String
  let sendsMessage: Bool
  let resetsRedemption: Bool
  let userID: ObjectID?
  let language: String?
  let customBody: String?
  let cc: [String]
  let sponsors: [ObjectID]

  /// - Throws: 400 as the failure matrix of FACTS section 1.4 lists.
  init(_ members: [JSONValue.Member]) throws(GraphFailure) {
    let body = JSONValue.object(members)
    func required(_ name: String) throws(GraphFailure) -> String {
      guard let text = body[name]?.string, !text.allSatisfy(\.isWhitespace) else {
        throw .badRequest("The value of \(name) in the invitation request is missing or blank.")
      }
      return text
    }
    address = try required("invitedUserEmailAddress")
    redirectURL = try required("inviteRedirectUrl")
    guard Self.isAcceptable(address) else {
      throw .badRequest("The invited user email address is invalid.")
    }
    guard redirectURL.hasPrefix("https://") || redirectURL.hasPrefix("http://") else {
      throw .badRequest("The invite redirect url is not a valid url.")
    }
    displayName = body["invitedUserDisplayName"]?.string
    userType = body["invitedUserType"]?.string ?? "Guest"
    guard ["Guest", "Member"].contains(userType) else { throw .invalidValue("invitedUserType") }
    sendsMessage = body["sendInvitationMessage"]?.bool ?? false
    resetsRedemption = body["resetRedemption"]?.bool ?? false
    userID = body["invitedUser"]?["id"]?.string.flatMap { ObjectID($0) }
    let info = body["invitedUserMessageInfo"]
    language = info?["messageLanguage"]?.string
    customBody = info?["customizedMessageBody"]?.string
    cc = (info?["ccRecipients"]?.array ?? []).compactMap { $0["emailAddress"]?["address"]?.string }
    guard cc.count <= 1 else {
      throw .badRequest("Only one additional recipient is supported in ccRecipients.")
    }
    sponsors = try Self.sponsors(body)
  }

  private static func sponsors(_ body: JSONValue) throws(GraphFailure) -> [ObjectID] {
    var ids: [ObjectID] = []
    for url in body["invitedUserSponsors@odata.bind"]?.array ?? [] {
      ids.append(try RequestContext.referenced(url.string ?? ""))
    }
    for sponsor in body["invitedUserSponsors"]?.array ?? [] {
      let text = sponsor["id"]?.string ?? sponsor["@odata.id"]?.string ?? ""
      ids.append(try RequestContext.referenced(text))
    }
    guard ids.count <= 5 else {
      throw .badRequest("The number of sponsors exceeds the maximum of 5.")
    }
    return ids
  }

  /// FACTS section 1.1: the characters that are refused before the `@`.
  private static let refused = Set(#"~!#$%^&*()+=[]{}\/|;:"<>?,"#)

  static func isAcceptable(_ address: String) -> Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].first, let last = parts[0].last else {
      return false
    }
    let domain = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return !".-".contains(first) && !".-".contains(last)
      && !address.contains { $0.isWhitespace || refused.contains($0) }
      && domain.count > 1
      && domain.allSatisfy { !$0.isEmpty && $0.first != "-" && $0.last != "-" }
      && address.utf8.count <= 320
  }
}
