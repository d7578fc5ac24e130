import FoundationEssentials
import Platform
import TestSupport
import Testing

/// A dry run that writes must not compile (DESIGN section 7): shown with the compiler itself.
struct DryRunTests {
  /// Everything that a place can do that was only handed a reader, and perhaps one thing more.
  private static func program(_ more: String = "") -> String {
    """
    import Access

    func look(with tenant: any TenantReader) async throws {
      _ = try await tenant.tenant()
      _ = try await tenant.observe(ObservationScope())
      \(more)
    }
    """
  }

  /// The folder of the modules that were built together with the running tests.
  private static func modules() throws -> String {
    let built = try Programs.built("guestlist")
    return String(built.prefix(upTo: built.lastIndex(of: "/") ?? built.startIndex)) + "/Modules"
  }

  /// The names by which the package manager may have called the package: that of the folder first.
  private static var packages: [String] {
    let folder = Checkout.root.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let name = String(folder.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return [name, "guestlist"]
  }

  private static var hasCompiler: Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/swiftc")
    }
  }

  /// What the compiler says of a program; empty where it has nothing to say.
  private func verdict(on program: String, package name: String) async throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write("Look.swift", program)
    let child = ChildProcess(
      "swiftc",
      [
        "-typecheck", "-swift-version", "6", "-package-name", name, "-module-name", "Look",
        "-module-cache-path", folder.path("cache"), "-I", try Self.modules(), file,
      ],
      environment: Programs.environment(home: folder.path)
    )
    let done = try await child.run(timeout: .seconds(120))
    let said = String(decoding: done.output + done.errors, as: UTF8.self)
    return done.isSuccess ? "" : said.isEmpty ? "\(done.status)" : said
  }

  @Test func `code with a reader cannot write: the compiler refuses`() async throws {
    guard Self.hasCompiler else { return print("left out: there is no swiftc here") }
    var complaints: [String] = []
    for package in Self.packages {
      let complaint = try await verdict(on: Self.program(), package: package)
      guard complaint.isEmpty else {
        complaints.append(complaint)
        continue
      }
      let refusal = try await verdict(
        on: Self.program("_ = await tenant.perform([])"),
        package: package
      )
      #expect(refusal.contains("value of type 'any TenantReader' has no member 'perform'"))
      let errors = refusal.split(separator: "\n").filter { $0.contains("Look.swift:") }
      #expect(errors.count { $0.contains("error: ") } == 1)
      return
    }
    Issue.record("what only reads does not compile either: \(complaints.joined(separator: "\n"))")
  }
}
