import FoundationEssentials
import Platform
import TestSupport
import Testing

/// Where the addresses go by which guests redeem whom nobody mails.
@Suite struct RedeemTests {
  private static let guests = ["ana", "malin", "oskar"].map { "\($0)@fabrikam.example" }

  /// Three guests who are invited without a mail, and a folder for what is handed over.
  private func workplace() async throws -> Workplace {
    let place = try await Workplace.small(
      policy: SmallTenant.policy().replacing(
        "{sponsor: lena@contoso.example}",
        with: "{sponsor: lena@contoso.example, invitation: {send: false}}"
      )
    )
    try PrivateFile.createFolder(place.folder.path("secret"))
    return place
  }

  /// The guests whose addresses were handed over, with every line checked.
  private func delivered(_ place: Workplace) throws -> [String] {
    struct Line: Decodable { var guest: String, redeemUrl: String }
    return try place.folder.read("secret/urls").split(separator: "\n").map { line in
      let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      #expect(line.redeemUrl.hasPrefix("https://"))
      return line.guest
    }.sorted()
  }

  @Test func `redeem addresses go to a new file of our own`() async throws {
    let place = try await workplace()
    let file = place.folder.path("secret/urls")
    let run = try await place.guestlist("apply", "--confirm", "--redeem-urls", file)
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(try mode(of: file) == 0o600)
    #expect(try delivered(place) == Self.guests)
    #expect(try await place.outbox().isEmpty)
  }

  @Test func `a file that others can read, or a link, is refused before the first invitation`()
    async throws
  {
    let place = try await workplace()
    let target = try place.folder.write("secret/target", "theirs")
    let files = [
      try place.folder.write("secret/open", ""),
      try place.folder.makeLink("secret/link", to: target),
      try await place.folder.makePipe("secret/pipe"),
      place.folder.path("secret/none/urls"),
    ]
    try setMode(0o644, of: files[0])
    for file in files {
      let run = try await place.guestlist("apply", "--confirm", "--redeem-urls", file)
      #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
      #expect(run.errors.contains("the redeem addresses cannot go to `\(file)`"), "\(run.errors)")
    }
    #expect(try await place.counts().total.writes == 0)
    #expect(try place.folder.read("secret/target") == "theirs")
    #expect(try place.folder.read("secret/open") == "")
  }

  @Test func `without a place for them, nobody is invited`() async throws {
    let place = try await workplace()
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
    #expect(run.errors.contains("--redeem-urls"))
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `a command is handed each address on its standard input`() async throws {
    let place = try await workplace()
    let command = "cat >> '\(place.folder.path("secret/urls"))'"
    let run = try await place.guestlist("apply", "--confirm", "--redeem-command", command)
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(try delivered(place) == Self.guests)
  }

  @Test func `a command that fails is reported with its guest`() async throws {
    let place = try await workplace()
    let file = place.folder.path("secret/urls")
    let command =
      "cat >> '\(file)'; ! grep -q malin '\(file)' || ! tail -n 1 '\(file)' | grep -q malin"
    let run = try await place.guestlist("apply", "--confirm", "--redeem-command", command)
    #expect(run.exitCode == 5, "\(run.output)\(run.errors)")
    #expect(run.errors.contains("malin@fabrikam.example"), "\(run.errors)")
    #expect(!run.errors.contains("ana@fabrikam.example"), "\(run.errors)")
  }

  @Test func `an interruption still delivers the addresses of those who were invited`()
    async throws
  {
    let place = try await workplace()
    let errors = place.folder.path("errors")
    // The command interrupts the program once, and goes on only after the program has seen it.
    let command = """
      if mkdir '\(place.folder.path("once"))'; then
        kill -INT $PPID
        until grep -q interrupted '\(errors)'; do :; done
      fi
      cat >> '\(place.folder.path("secret/urls"))'
      """
    let child = ChildProcess(
      "sh",
      [
        "-c", "exec \"$0\" \"$@\" 2> '\(errors)'", try Programs.built("guestlist"), "apply",
        "--confirm", "--redeem-command", command,
      ],
      environment: place.environment,
      folder: place.repository.path
    )
    let done = try await child.run(timeout: .seconds(120))
    let said = try place.folder.read("errors")
    #expect(done.status == .exited(130), "\(said)")
    #expect(!said.contains("could not be handed over"), "\(said)")
    #expect(try delivered(place) == Self.guests)
    let next = try await place.guestlist("apply", "--confirm")
    #expect(next.exitCode == 0, "\(next.output)\(next.errors)")
    #expect(try delivered(place) == Self.guests)
  }
}
