internal import HTTP
internal import Platform

/// Repositories that were fetched, kept between runs.
///
/// Git itself fetches, as a child that can be killed: libgit2 1.5 has no time-outs, no TLS 1.3 and
/// no RSA keys over SSH (PLATFORM section 7), and git brings the credential helpers, proxies and keys
/// that the user has set up already. What is kept is a cache: deleting it changes nothing but time.
package struct RemoteCache: Sendable {
  private let folder: String
  private let environment: [String: String]
  private let timeout: Duration

  /// Takes the folder that the repositories lie in, the environment of this process, of which git
  /// gets what it needs, and how long one fetch may take.
  package init(folder: String, environment: [String: String], timeout: Duration = .seconds(300)) {
    self.folder = folder
    self.environment = environment
    self.timeout = timeout
  }

  /// The path at which the repository of a location can be opened, fetched anew if it is remote.
  ///
  /// Of a remote one, branches are at `refs/remotes/origin/`, tags are there too, and `HEAD` is
  /// what the remote's is. Cancellation kills the fetch.
  /// - Throws: every kind but `unsupportedURL`.
  package func path(of location: RepositoryLocation) async throws(RemoteError) -> String {
    switch location {
    case .local(let path): return path
    case .remote(let url):
      let path = "\(folder)/\(Self.name(of: url))"
      try await fetch(url, into: path)
      return path
    }
  }

  private func fetch(_ url: RemoteURL, into path: String) async throws(RemoteError) {
    let lock = try lock(path, for: url)
    try await git(["init", "--quiet", "--bare", path], for: url)
    let specs = [
      "+HEAD:refs/remotes/origin/HEAD", "+refs/heads/*:refs/remotes/origin/*",
      "+refs/tags/*:refs/tags/*",
    ]
    let fetch = ["fetch", "--quiet", "--prune", "--force", "--no-tags", "--no-auto-maintenance"]
    try await git(["-C", path] + fetch + ["--end-of-options", url.address] + specs, for: url)
    let head = ["update-ref", "--no-deref", "HEAD", "refs/remotes/origin/HEAD"]
    try await git(["-C", path] + head, for: url)
    _ = consume lock
  }

  private func lock(_ path: String, for url: RemoteURL) throws(RemoteError) -> FileLock {
    guard let lock = try tryLock(path) else {
      throw RemoteError(.busy(url.address), detail: FileLock.holder(of: "\(path).lock"))
    }
    try? lock.describeHolder("process \(SystemTime.processID())")
    return lock
  }

  private func tryLock(_ path: String) throws(RemoteError) -> FileLock? {
    do throws(PlatformError) {
      try PrivateFile.createFolder(folder)
      return try FileLock(path: "\(path).lock")
    } catch {
      throw RemoteError(.noCache(folder), detail: error.detail)
    }
  }

  private func git(_ arguments: [String], for url: RemoteURL) async throws(RemoteError) {
    let variables = Self.variables(for: url, from: environment)
    let child = ChildProcess("git", arguments, environment: variables, folder: "/")
    let done: ChildProcess.Completion
    do throws(PlatformError) {
      done = try await child.run(timeout: timeout, outputLimit: 1 << 20)
    } catch {
      switch error.kind {
      case .timedOut:
        throw RemoteError(
          .timedOut(url.address, seconds: Int(timeout.components.seconds)),
          detail: error.detail
        )
      case .cancelled: throw RemoteError(.cancelled)
      case .notFound, .notPermitted: throw RemoteError(.noGit, detail: error.detail)
      default: throw RemoteError(.failed(url.address), detail: error.detail)
      }
    }
    guard done.isSuccess else {
      throw RemoteError(.failed(url.address), detail: Self.said(done.errors, without: url.password))
    }
  }

  /// What git said, on one line and cut to a length that people read.
  private static func said(_ bytes: [UInt8], without password: Secret?) -> String {
    var text = String(decoding: bytes.prefix(4096), as: UTF8.self)
    if let password = password?.reveal(), !password.isEmpty {
      text = text.replacing(password, with: "<redacted>")
    }
    return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
  }

  /// A name for a repository, told apart from others of the same ending by a digest of the whole URL.
  private static func name(of url: RemoteURL) -> String {
    let digest = url.address.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let last = url.address.split(whereSeparator: { $0 == "/" || $0 == ":" }).last ?? ""
    let plain = last.unicodeScalars.filter {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
    }
    return "\(String(String.UnicodeScalarView(plain.prefix(40))))-\(String(digest, radix: 16)).git"
  }
}
