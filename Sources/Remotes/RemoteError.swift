/// Why a repository could not be fetched.
package struct RemoteError: Error, Hashable, Sendable {
  package var kind: Kind
  /// What git said, without any secret: for people, never branched on.
  package var detail: String?

  package init(_ kind: Kind, detail: String? = nil) {
    self.kind = kind
    self.detail = detail
  }

  package enum Kind: Hashable, Sendable {
    /// The URL has a form that is not fetched from; what it shows of itself.
    case unsupportedURL(String)
    /// Git is not installed, or cannot be run.
    case noGit
    /// The remote did not answer in time.
    case timedOut(String, seconds: Int)
    case cancelled
    /// Git ended with a failure.
    case failed(String)
    /// Another process is fetching into the same place.
    case busy(String)
    /// The place for fetched repositories cannot be written.
    case noCache(String)
  }
}

extension RemoteError: CustomStringConvertible {
  /// The failure in a sentence, without its hint.
  package var description: String {
    let said = detail.map { ": \($0)" } ?? ""
    return switch kind {
    case .unsupportedURL(let url):
      "`\(url)` is not a URL to fetch from: https, ssh and file are, and http on loopback"
    case .noGit: "`git` cannot be run\(said)"
    case .timedOut(let url, let seconds): "`\(url)` did not finish within \(seconds) s"
    case .cancelled: "the fetch was interrupted"
    case .failed(let url): "fetching `\(url)` failed\(said)"
    case .busy(let url): "another process is fetching `\(url)`\(said)"
    case .noCache(let path): "`\(path)` cannot be written\(said)"
    }
  }

  /// What to do about it; `nil` where nothing general can be said.
  package var hint: String? {
    switch kind {
    case .noGit: "install git, or name a repository on this machine"
    case .timedOut: "check the remote and the network, or give it more time"
    case .failed:
      "try `git ls-remote` with the same URL: the same credential helpers and keys are used"
    case .busy: "wait for the other one to end"
    default: nil
    }
  }
}
