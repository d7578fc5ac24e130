internal import Access
internal import FoundationEssentials
internal import Git
internal import Platform

/// Verifies signatures of commits with `ssh-keygen` and `gpg`, which know nothing here but the signers
/// that they are given: the user's own keys and settings stay out of it.
struct SignatureVerifier: Sendable {
  /// A folder of mode 0700 that holds the signers, and goes with `close`.
  private let home: String
  private let environment: [String: String]
  private let hasSSH: Bool
  private let hasOpenPGP: Bool

  /// Takes files of signers: those that end in `.asc` hold OpenPGP keys, any other is in the form of
  /// SSH's `allowed_signers`.
  init(
    _ signers: [(name: String, bytes: [UInt8])],
    _ context: Context
  ) async throws(PlatformError) {
    let base = context.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    let tag = String(context.randomness.word(), radix: 36)
    home = "\(base)/guestlist-signers-\(tag)"
    environment = [
      "PATH": context.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home, "LC_ALL": "C.UTF-8",
    ]
    let keys = signers.filter { $0.name.hasSuffix(".asc") }
    let allowed = signers.filter { !$0.name.hasSuffix(".asc") }
    (hasSSH, hasOpenPGP) = (!allowed.isEmpty, !keys.isEmpty)
    try PrivateFile.createFolder(home)
    do throws(PlatformError) {
      let lines = Array(allowed.map(\.bytes).joined(separator: [UInt8(ascii: "\n")]))
      try PrivateFile.write(lines, to: "\(home)/allowed_signers")
      for key in keys { _ = try await gpg(["--import"], input: key.bytes) }
    } catch {
      close()
      throw error
    }
  }

  /// Removes what the verifier wrote.
  func close() { try? FileManager.default.removeItem(atPath: home) }

  /// Whether a listed signer made the signature over exactly these bytes.
  func accepts(_ signature: CommitSignature) async throws(PlatformError) -> Bool {
    let file = "\(home)/signature"
    try PrivateFile.write(signature.signature, to: file)
    if signature.signature.starts(with: "-----BEGIN SSH SIGNATURE-----".utf8) {
      return try await acceptsSSH(file, signature.payload)
    }
    return try await acceptsOpenPGP(file, signature.payload)
  }

  private func acceptsSSH(
    _ signature: String,
    _ payload: [UInt8]
  ) async throws(PlatformError) -> Bool {
    guard hasSSH else { return false }
    let allowed = ["-f", "\(home)/allowed_signers", "-s", signature]
    let found = try await run("ssh-keygen", ["-Y", "find-principals"] + allowed)
    guard found.isSuccess else { return false }
    // A key may be listed for several people; git takes the first for whom it is good, too.
    for name in String(decoding: found.output, as: UTF8.self).split(separator: "\n") {
      let verified = try await run(
        "ssh-keygen",
        ["-Y", "verify", "-n", "git", "-I", String(name)] + allowed,
        input: payload
      )
      if verified.isSuccess { return true }
    }
    return false
  }

  private func acceptsOpenPGP(
    _ signature: String,
    _ payload: [UInt8]
  ) async throws(PlatformError) -> Bool {
    guard hasOpenPGP else { return false }
    let verified = try await gpg(
      ["--trust-model", "always", "--status-fd", "1", "--verify", signature, "-"],
      input: payload
    )
    let words = String(decoding: verified.output, as: UTF8.self).split(separator: "\n")
      .compactMap { $0.split(separator: " ").dropFirst().first }
    // An expired or revoked key makes no GOODSIG; two signatures are not what git makes.
    return verified.isSuccess && words.contains("VALIDSIG")
      && words.count { $0 == "GOODSIG" } == 1 && words.count { $0 == "NEWSIG" } == 1
  }

  private func gpg(
    _ arguments: [String],
    input: [UInt8]
  ) async throws(PlatformError) -> ChildProcess.Completion {
    let quiet = ["--homedir", home, "--batch", "--quiet", "--no-autostart", "--no-options"]
    return try await run("gpg", quiet + arguments, input: input)
  }

  private func run(
    _ program: String,
    _ arguments: [String],
    input: [UInt8] = []
  ) async throws(PlatformError) -> ChildProcess.Completion {
    let child = ChildProcess(
      program,
      arguments,
      environment: environment,
      folder: home,
      input: input
    )
    return try await child.run(timeout: .seconds(30), outputLimit: 1 << 20)
  }
}
