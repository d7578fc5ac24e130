import Platform
import TestSupport
import Testing

/// `trust.require: range`: every commit since the last applied one is signed by a listed signer.
@Suite struct TrustTests {
  private struct Signed {
    let place: Workplace
    /// The commit that lists the first signer.
    let anchor: String

    func key(_ name: String) -> String { place.folder.path("keys/\(name)") }

    /// Makes a commit that adds a guest, signed with a key of SSH.
    func commit(_ guest: String, signedWith name: String?) async throws {
      try place.folder.write(
        "access/desired-state/\(guest).yaml",
        "guests:\n  - {email: \(guest)@fabrikam.example}\n"
      )
      try await place.repository.git("add", "--all")
      let signing =
        name.map { ["-c", "gpg.format=ssh", "-c", "user.signingkey=\(key($0)).pub"] } ?? []
      try await place.repository.git(
        signing + ["commit", "--quiet", "--message", guest] + (name == nil ? [] : ["--gpg-sign"])
      )
    }
  }

  private static func signed() async throws -> Signed {
    let place = try await Workplace.small(guests: nil)
    for name in ["ada", "eve"] {
      try PrivateFile.createFolder(place.folder.path("keys"))
      let child = ChildProcess(
        "ssh-keygen",
        ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", place.folder.path("keys/\(name)")],
        environment: place.environment
      )
      #expect(try await child.run(timeout: .seconds(60)).isSuccess)
    }
    let anchor = try await place.repository.commit(
      "Trust Ada",
      files: [
        "desired-state/guestlist.yaml": SmallTenant.policy()
          + "trust: {require: range, signers: [trust/allowed_signers]}\n",
        "desired-state/trust/allowed_signers":
          "ada@contoso.example namespaces=\"git\" \(try place.folder.read("keys/ada.pub"))",
      ]
    )
    return Signed(place: place, anchor: anchor)
  }

  @Test func `the first run needs an anchor, and signed commits after it are trusted`() async throws
  {
    let signed = try await Self.signed()
    let place = signed.place
    try await signed.commit("ana", signedWith: "ada")
    let first = try await place.guestlist("apply", "--confirm")
    #expect(first.exitCode == 4, "\(first.output)\(first.errors)")
    #expect(first.output.contains("--anchor"), "\(first.output)")
    let anchored = try await place.guestlist("apply", "--confirm", "--anchor", signed.anchor)
    #expect(anchored.exitCode == 0, "\(anchored.output)\(anchored.errors)")
    try await signed.commit("malin", signedWith: "ada")
    let next = try await place.guestlist("apply", "--confirm")
    #expect(next.exitCode == 0, "\(next.output)\(next.errors)")
    #expect(try await place.outbox() == ["ana@fabrikam.example", "malin@fabrikam.example"])
  }

  @Test(arguments: [nil, "eve"])
  func `a commit that no listed signer signed holds back every write`(name: String?) async throws {
    let signed = try await Self.signed()
    let place = signed.place
    try await signed.commit("ana", signedWith: name)
    // A good commit on top does not mend it.
    try await signed.commit("malin", signedWith: "ada")
    let apply = try await place.guestlist("apply", "--confirm", "--anchor", signed.anchor)
    #expect(apply.exitCode == 4, "\(apply.output)\(apply.errors)")
    #expect(apply.output.contains("by Ada Author is not signed"), "\(apply.output)")
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `no commit lists the key that signs it, or takes the requirement away`() async throws {
    let signed = try await Self.signed()
    let place = signed.place
    try place.folder.write(
      "access/desired-state/trust/allowed_signers",
      "eve@contoso.example \(try place.folder.read("keys/eve.pub"))"
    )
    try place.folder.write("access/desired-state/guestlist.yaml", SmallTenant.policy())
    try await signed.commit("ana", signedWith: "eve")
    let apply = try await place.guestlist("apply", "--confirm", "--anchor", signed.anchor)
    #expect(apply.exitCode == 4, "\(apply.output)\(apply.errors)")
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `OpenPGP keys are signers, too`() async throws {
    let place = try await Workplace.small(guests: nil)
    let home = place.folder.path("gnupg")
    try PrivateFile.createFolder(home)
    func gpg(_ arguments: [String]) async throws -> String {
      let child = ChildProcess(
        "gpg",
        ["--homedir", home, "--batch", "--quiet", "--passphrase", ""] + arguments,
        environment: place.environment
      )
      let done = try await child.run(timeout: .seconds(60))
      #expect(done.isSuccess, "\(String(decoding: done.errors, as: UTF8.self))")
      return String(decoding: done.output, as: UTF8.self)
    }
    _ = try await gpg(["--quick-gen-key", "Ada <ada@contoso.example>", "ed25519", "sign", "0"])
    let anchor = try await place.repository.commit(
      "Trust Ada",
      files: [
        "desired-state/guestlist.yaml": SmallTenant.policy()
          + "trust: {require: range, signers: [trust/keys.asc]}\n",
        "desired-state/trust/keys.asc": try await gpg(["--armor", "--export"]),
      ]
    )
    try place.folder.write("bin/gpg", "#!/bin/sh\nexec gpg --homedir '\(home)' \"$@\"\n")
    try place.folder.write(
      "access/desired-state/ana.yaml",
      "guests:\n  - {email: ana@fabrikam.example}\n"
    )
    let chmod = ChildProcess(
      "chmod",
      ["700", place.folder.path("bin/gpg")],
      environment: place.environment
    )
    _ = try await chmod.run()
    try await place.repository.git("add", "--all")
    try await place.repository.git([
      "-c", "gpg.program=\(place.folder.path("bin/gpg"))", "-c",
      "user.signingkey=ada@contoso.example", "commit", "--quiet", "--message", "ana", "--gpg-sign",
    ])
    let apply = try await place.guestlist("apply", "--confirm", "--anchor", anchor)
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await place.outbox() == ["ana@fabrikam.example"])
    let stop = ChildProcess(
      "gpgconf",
      ["--homedir", home, "--kill", "all"],
      environment: place.environment
    )
    _ = try await stop.run(timeout: .seconds(60))
  }
}
