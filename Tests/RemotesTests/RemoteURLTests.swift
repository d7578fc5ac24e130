import HTTP
import Testing

@testable import Remotes

@Suite struct RemoteURLTests {
  @Test(arguments: [".", "/srv/git/access.git", "access", "./a:b", "/a:b", "C"])
  func `a path is local and stays as it is`(_ text: String) throws {
    #expect(try RepositoryLocation(text) == .local(text))
  }

  @Test(arguments: [
    "https://git.contoso.example/access.git", "ssh://git@git.contoso.example:2222/access",
    "git@git.contoso.example:team/access.git", "file:///srv/git/access.git",
    "http://127.0.0.1:8080/access", "http://localhost/access", "https://user@host/x",
  ])
  func `a URL is remote`(_ text: String) throws {
    guard case .remote(let url) = try RepositoryLocation(text) else {
      Issue.record("local")
      return
    }
    #expect(url.address == text && url.password == nil)
  }

  @Test(arguments: [
    "http://git.contoso.example/access", "git://git.contoso.example/access", "ext::sh -c touch% x",
    "ext::sh", "-oProxyCommand=x:y", "ssh://-oProxyCommand=x/y", "host:-x", "https://", "ftp://a/b",
    "https://a b/c", "https://host/a\nb", "https://u:%0a@host/x", "https://u:%zz@host/x",
    "http://localhost.evil.example/x",
  ])
  func `what is not fetched from is refused`(_ text: String) {
    let error = #expect(throws: RemoteError.self) { try RepositoryLocation(text) }
    guard case .unsupportedURL? = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a password leaves the URL and is never shown`() throws {
    let text = "https://ana:s3cr%2Ft%40@git.contoso.example:8443/access.git"
    guard case .remote(let url) = try RepositoryLocation(text) else { return }
    #expect(url.address == "https://ana@git.contoso.example:8443/access.git")
    #expect(url.password?.reveal() == "s3cr/t@")
    #expect(url.user == "ana")
    #expect(url.origin == "https://git.contoso.example:8443")
    #expect(!"\(url)".contains("s3cr"))
    var dumped = ""
    dump(url, to: &dumped)
    #expect(!dumped.contains("s3cr"))
    let error = #expect(throws: RemoteError.self) {
      try RepositoryLocation("http://ana:s3cret@git.contoso.example/x")
    }
    #expect(!"\(error.map { "\($0)" } ?? "")".contains("s3cret"))
  }

  @Test func `git learns a password for one host, and nothing that it does not need`() throws {
    guard case .remote(let url) = try RepositoryLocation("https://ana:s3cret@host.example/x")
    else { return }
    let variables = RemoteCache.variables(
      for: url,
      from: ["HOME": "/h", "AZURE_CLIENT_SECRET": "never", "GIT_DIR": "/elsewhere"]
    )
    #expect(variables["HOME"] == "/h")
    #expect(variables["AZURE_CLIENT_SECRET"] == nil && variables["GIT_DIR"] == nil)
    #expect(variables["GIT_TERMINAL_PROMPT"] == "0")
    #expect(variables["GIT_CONFIG_KEY_3"] == "credential.https://host.example.helper")
    #expect(
      variables.filter { $0.value.contains("s3cret") }.map(\.key) == ["GUESTLIST_REMOTE_PASSWORD"]
    )
  }
}
