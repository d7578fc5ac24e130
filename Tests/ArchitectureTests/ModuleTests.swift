import FoundationEssentials
import Platform
import TestSupport
import Testing

/// The table of `Sources/README.md`, and what holds for every file.
@Suite struct ModuleTests {
  private let table: ModuleTable

  init() throws { table = ModuleTable(of: try Checkout.text(of: "Sources/README.md")) }

  private struct Description: Decodable {
    struct Target: Decodable {
      var name: String
      var type: String
      var dependencies: [Dependency]
    }
    /// A dependency is an object with one key, whose first element is the name.
    struct Dependency: Decodable {
      var name: String

      init(from decoder: any Decoder) throws {
        let byName = try decoder.singleValueContainer().decode([String: [Name?]].self)
        name = byName.values.first?.first??.text ?? ""
      }
    }
    /// The second element, a condition, is not a name.
    struct Name: Decodable {
      var text: String?

      init(from decoder: any Decoder) throws {
        text = try? decoder.singleValueContainer().decode(String.self)
      }
    }
    var targets: [Target]
  }

  private func describePackage() async throws -> Description {
    let folder = try TemporaryFolder()
    var environment = ProcessInfo.processInfo.environment
    environment["HOME"] = environment["HOME"] ?? folder.path
    let child = ChildProcess(
      "swift",
      ["package", "--scratch-path", folder.path("scratch"), "dump-package"],
      environment: environment,
      folder: Checkout.root
    )
    let done = try await child.run(timeout: .seconds(300))
    try #require(done.isSuccess, "\(String(decoding: done.errors, as: UTF8.self))")
    return try JSONDecoder().decode(Description.self, from: Data(done.output))
  }

  @Test func `the package has the modules and the edges of the table`() async throws {
    let targets = try await describePackage().targets
    let modules = targets.filter { $0.type == "regular" || $0.type == "executable" }
      .filter {
        !$0.name.hasPrefix("Fuzz")
          && !["Benchmarks", "Simulation", "TestSupport", "Worlds"].contains($0.name)
      }
    #expect(Set(modules.map(\.name)) == Set(table.imports.keys))
    for module in modules {
      #expect(Set(module.dependencies.map(\.name)) == table.imports[module.name], "\(module.name)")
    }
    let libraries = targets.filter { $0.type == "system" }.map(\.name)
    #expect(Set(libraries) == Set(table.wrappers.keys))
  }

  @Test func `every edge of the table is used, and no import lacks one`() throws {
    var used: [String: Set<String>] = [:]
    let names = Set(table.imports.keys).union(table.wrappers.keys)
    for file in try Checkout.swiftFiles(below: "Sources") {
      let module = String(file.split(separator: "/")[1])
      for line in try Checkout.text(of: file).split(separator: "\n") where line.contains("import ")
      {
        guard let name = line.split(separator: " ").last, names.contains(String(name)) else {
          continue
        }
        used[module, default: []].insert(String(name))
      }
    }
    for (module, imports) in table.imports {
      #expect(used[module, default: []] == imports, "\(module)")
    }
  }

  @Test func `only wrappers touch memory`() throws {
    let wrappers = Set(table.wrappers.values)
    for file in try Checkout.swiftFiles(below: "Sources") {
      let module = String(file.split(separator: "/")[1])
      guard !wrappers.contains(module) else { continue }
      let words = try Checkout.text(of: file).split { !$0.isLetter && $0 != "_" && $0 != "@" }
      #expect(!words.contains("unsafe"), "\(file)")
      #expect(!words.contains("@unchecked"), "\(file)")
    }
  }

  @Test func `nobody imports the whole of Foundation, and Access imports nothing`() throws {
    let files = try Checkout.swiftFiles(below: "Sources") + Checkout.swiftFiles(below: "Tests")
    for file in files {
      let lines = try Checkout.text(of: file).split(separator: "\n")
      let imports = lines.filter { $0.contains("import ") && !$0.contains("//") }
      #expect(!imports.contains { $0.hasSuffix("import Foundation") }, "\(file)")
      if file.hasPrefix("Sources/Access/") {
        #expect(
          !lines.contains {
            $0.hasPrefix("import ")
              || $0.contains(" import ") && !$0.hasPrefix("///") && !$0.contains("//")
          },
          "\(file)"
        )
      }
    }
  }

  @Test func `no module holds a type of its own name`() throws {
    for file in try Checkout.swiftFiles(below: "Sources") {
      let module = String(file.split(separator: "/")[1])
      let text = try Checkout.text(of: file)
      for kind in ["struct", "enum", "class", "actor", "protocol"] {
        #expect(!text.contains("\(kind) \(module) "), "\(file)")
        #expect(!text.contains("\(kind) CommandLine "), "\(file)")
      }
    }
  }

  @Test func `nothing traps on input and nothing is left for later`() throws {
    let words = ["try!", "fatalError(", " as! ", "TODO", "FIXME", "XXX"]
    for file in try Checkout.swiftFiles(below: "Sources") {
      let text = try Checkout.text(of: file)
      for word in words { #expect(!text.contains(word), "\(file) says \(word)") }
    }
  }

  @Test func `no file grows beyond what a reader holds`() throws {
    let files = try Checkout.swiftFiles(below: "Sources") + Checkout.swiftFiles(below: "Tests")
    for file in files {
      let lines = try Checkout.text(of: file).split(
        separator: "\n",
        omittingEmptySubsequences: false
      )
      #expect(lines.count <= 400, "\(file) has \(lines.count) lines")
    }
  }

  @Test func `the top level holds what the design lists`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Checkout.root)
    let listed: Set = [
      "Package.swift", "Sources", "Tests", "desired-state", "scripts", "README.md",
    ]
    let extra = names.filter { !$0.hasPrefix(".") && !listed.contains($0) }
    #expect(extra.filter { $0 != "Package.resolved" } == [])
  }
}
