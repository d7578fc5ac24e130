import Platform
import TestSupport
import Testing

/// `guestlist audit verify` and `guestlist audit erase`.
@Suite struct AuditTests {
  /// Names the journal where the test looks for it.
  private func journal(_ place: Workplace, _ name: String = "audited") -> [String: String] {
    ["GUESTLIST_JOURNAL": place.folder.path("state/\(name).sqlite")]
  }

  @Test func `a journal that nobody touched is intact, and ends where the run said`() async throws {
    let place = try await Workplace.small()
    let apply = try await place.guestlist(
      ["apply", "--confirm", "--verbose"],
      changing: journal(place)
    )
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    let head = try #require(apply.errors.firstMatch(of: /journal head: (\d+:[0-9a-f]{64})/)).1
    let verify = try await place.guestlist(
      ["audit", "verify", "--head", String(head)],
      changing: journal(place)
    )
    #expect(verify.exitCode == 0, "\(verify.errors)")
    #expect(verify.output.hasPrefix("Intact: "), "\(verify.output)")
    #expect(verify.output.hasSuffix("entries, head \(head)\n"), "\(verify.output)")
    // A file can be named, wherever one is.
    let file = place.folder.path("state/audited.sqlite")
    let elsewhere = try await place.guestlist("audit", "verify", file, in: place.folder.path)
    #expect(elsewhere.output == verify.output, "\(elsewhere.errors)")
  }

  @Test func `an entry that was altered is named, and so is another journal`() async throws {
    let place = try await Workplace.small()
    let apply = try await place.guestlist(
      ["apply", "--confirm", "--verbose"],
      changing: journal(place)
    )
    let head = try #require(apply.errors.firstMatch(of: /journal head: (\d+:[0-9a-f]{64})/)).1
    var bytes = try place.folder.bytes("state/audited.sqlite")
    let word = Array("\"verb\":\"invite\"".utf8)
    let position = try #require(bytes.indices.first { bytes[$0...].starts(with: word) })
    bytes[position + 8] = UInt8(ascii: "I")
    try place.folder.write("state/audited.sqlite", bytes)
    let altered = try await place.guestlist(["audit", "verify"], changing: journal(place))
    #expect(altered.exitCode == 1, "\(altered.output)")
    #expect(altered.errors.contains(/entry \d+ was altered/), "\(altered.errors)")

    let other = journal(place, "other")
    _ = try await place.guestlist(["apply", "--confirm"], changing: other)
    let published = try await place.guestlist(
      ["audit", "verify", "--head", String(head)],
      changing: other
    )
    #expect(published.exitCode == 1, "\(published.output)")
  }

  @Test func `a journal that is not there, or is something else, is an error`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("audit", "verify").exitCode == 1)
    let file = try place.folder.write("state/letter", "Dear journal")
    let letter = try await place.guestlist("audit", "verify", file)
    #expect(letter.exitCode == 1, "\(letter.output)")
    #expect(try await place.guestlist("audit", "verify", "--head", "7").exitCode == 64)
    #expect(try await place.guestlist("audit").exitCode == 64)
  }

  @Test func `a person who is erased is in no byte of the journal, and its chain holds`()
    async throws
  {
    let place = try await Workplace.small()
    func guestlist(_ arguments: String...) async throws -> Workplace.Run {
      try await place.guestlist(arguments, changing: journal(place))
    }
    #expect(try await guestlist("apply", "--confirm").exitCode == 0)
    let person = "oskar@fabrikam.example"
    #expect(try place.folder.bytes("state/audited.sqlite").holds(person))
    #expect(try await guestlist("audit", "erase", person).exitCode == 64)
    #expect(try place.folder.bytes("state/audited.sqlite").holds(person))

    let erased = try await guestlist("audit", "erase", "Oskar@Fabrikam.example", "--confirm")
    #expect(erased.exitCode == 0, "\(erased.errors)")
    #expect(erased.output == "Erased \(person): 2 identifiers.\n", "\(erased.output)")
    #expect(erased.errors.contains("is still declared"), "\(erased.errors)")
    for file in ["audited.sqlite", "audited.sqlite-wal"] {
      if let bytes = try? place.folder.bytes("state/\(file)") { #expect(!bytes.holds(person)) }
    }
    #expect(try await guestlist("audit", "verify").exitCode == 0)
    let again = try await guestlist("audit", "erase", person, "--confirm")
    #expect(again.output == "No record of \(person).\n", "\(again.output)\(again.errors)")
    // Guests who are still declared stay managed.
    let apply = try await guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await place.outbox().count == 3)
  }

  @Test func `nothing is erased from a journal that is not there`() async throws {
    let place = try await Workplace.small()
    let run = try await place.guestlist(
      ["audit", "erase", "ana@fabrikam.example", "--confirm"],
      changing: journal(place)
    )
    #expect(run.exitCode == 1, "\(run.output)")
    #expect(throws: (any Error).self) { try place.folder.bytes("state/audited.sqlite") }
    #expect(try await place.guestlist("audit", "erase", "ana", "--confirm").exitCode == 64)
  }
}

extension [UInt8] {
  fileprivate func holds(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    return indices.contains { self[$0...].starts(with: wanted) }
  }
}
