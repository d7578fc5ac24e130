import Testing

@testable import History

@Suite struct PullRequestNumberTests {
  struct Case: CustomTestStringConvertible {
    var message: String
    var number: Int?
    var testDescription: String { message }
  }

  @Test(arguments: [
    Case(message: "Merge pull request #12 from contoso/topic", number: 12),
    Case(message: "Invite Ana (#345)", number: 345),
    Case(message: "Invite Ana (#345)\n\n* one\n* two (#3)", number: 345),
    Case(
      message: "Merge branch 'topic' into 'main'\n\nInvite Ana\n\nSee merge request a/b!77",
      number: 77
    ),
    Case(
      message: "Merge branch 'x'\n\nSee merge request group/sub/project!8\n\nReviewed-by: R",
      number: 8
    ),
    Case(message: "Merged PR 901: Invite Ana", number: 901),
    Case(message: "Merge pull request 902 from topic into main", number: 902),
    Case(message: "Merged in topic (pull request #31)", number: 31),
    Case(message: "Pull request #32: Invite Ana", number: 32),
    Case(message: "Invite Ana", number: nil),
    Case(message: "Fix #12", number: nil),
    Case(message: "Invite Ana (CHG-12)", number: nil),
    Case(message: "Merge pull request #12abc", number: nil),
    Case(message: "Pull request #: x", number: nil),
    Case(message: "Invite (#99999999999999999999)", number: nil),
    Case(message: "()", number: nil),
    Case(message: "", number: nil),
  ])
  func `a forge's number is found where the forge writes it`(_ example: Case) {
    let subject = example.message.split(separator: "\n", omittingEmptySubsequences: false)[0]
    #expect(
      PullRequestNumber.find(subject: String(subject), message: example.message) == example.number
    )
  }
}
