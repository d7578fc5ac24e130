import Platform
import TestSupport
import Testing

struct EnvironmentFileTests {
  /// What a shell says that a variable is, once it has read the file.
  private func value(_ name: String, in path: String, home: String) async throws -> String {
    let child = ChildProcess(
      "sh",
      ["-c", ". \"$0\"; printf %s \"$\(name)\"", path],
      environment: Programs.environment(home: home)
    )
    return String(decoding: try await child.run(timeout: .seconds(30)).output, as: UTF8.self)
  }

  @Test func `a shell reads endpoint, both credentials and a journal that nothing else has`()
    async throws
  {
    let folder = try TemporaryFolder()
    // A name that a shell would take apart.
    let path = folder.path("it's an env")
    var journals: Set<String> = []
    var secrets: Set<String> = []
    for _ in 0..<2 {
      let emulator = try RunningProcess(
        ChildProcess(
          try Programs.built("graph-emulator"),
          ["--env", path],
          environment: Programs.environment(home: folder.path)
        )
      )
      defer { emulator.kill() }
      let line = await onThread { emulator.readLine(timeout: .seconds(60)) }
      #expect(try mode(of: path) == 0o600)
      let endpoint = try await value("GUESTLIST_ENDPOINT", in: path, home: folder.path)
      #expect(line == "listening on \(endpoint)")
      for name in [
        "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "READER_AZURE_TENANT_ID",
        "READER_AZURE_CLIENT_ID", "READER_AZURE_CLIENT_SECRET",
      ] {
        #expect(try await !value(name, in: path, home: folder.path).isEmpty, "\(name)")
      }
      secrets.insert(try await value("AZURE_CLIENT_SECRET", in: path, home: folder.path))
      secrets.insert(try await value("READER_AZURE_CLIENT_SECRET", in: path, home: folder.path))
      let journal = try await value("GUESTLIST_JOURNAL", in: path, home: folder.path)
      #expect(journal.hasPrefix(path + "."))
      journals.insert(journal)
    }
    #expect(journals.count == 2)
    #expect(secrets.count == 4)
  }
}
