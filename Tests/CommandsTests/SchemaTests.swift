import Access
import Commands
import Declarations
import FoundationEssentials
import TestSupport
import Testing

@Suite struct SchemaTests {
  /// What `guestlist schema` prints.
  private static func schema() async throws -> JSONDocument {
    let output = Output()
    #expect(await Program.run(["schema"], in: output.context) == .success)
    return try JSONDecoder().decode(JSONDocument.self, from: Data(output.text.utf8))
  }

  /// A key of the schema in a file that holds nothing else.
  private struct Use {
    var key: String
    /// The file around the key and its value.
    var before: String
    var after: String

    func file(_ key: String) -> SourceFile {
      SourceFile(path: "a.yaml", bytes: Array("\(before){\(key): {}}\(after)\n".utf8))
    }

    func complaints(about key: String) -> [Finding] {
      DeclarationReader().read([file(key)]).findings
        .filter { $0.code == DeclarationRule.unknownKey.code && $0.message.contains("`\(key)`") }
    }
  }

  /// Every key of every mapping, each in the first place where the schema allows it.
  private static func uses(of schema: JSONDocument) throws -> [Use] {
    var uses: [Use] = []
    var seen: Set<String> = []
    var open: [(schema: JSONDocument, before: String, after: String)] = [(schema, "", "")]
    while let (mapping, before, after) = open.popLast() {
      let properties = try #require(mapping["properties"]?.object)
      for (key, value) in properties {
        // An entry is read no further than the address that it lacks.
        let address = properties["email"] != nil ? "email: ana@acme.example, " : ""
        uses.append(Use(key: key, before: before, after: after))
        // A mapping may be the value itself, an item of a list, or below names.
        var values = [(value, "\(before){\(address)\(key): ", "}\(after)")]
        while let (value, before, after) = values.popLast() {
          if case .string(let reference)? = value["$ref"] {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            let title = name.replacing("%20", with: " ")
            guard seen.insert(title).inserted else { continue }
            open.append((try #require(schema["$defs"]?[title]), before, after))
          }
          for choice in value["anyOf"]?.array ?? [] { values.append((choice, before, after)) }
          if let items = value["items"] { values.append((items, "\(before)[", "]\(after)")) }
          if let named = value["additionalProperties"], named.object != nil {
            values.append((named, "\(before){n: ", "}\(after)"))
          }
        }
      }
    }
    return uses
  }

  @Test func `a key that the schema knows is known to the reader, and no other is`() async throws {
    let schema = try await Self.schema()
    let uses = try Self.uses(of: schema)
    let keys = KeyReference.sections.flatMap(\.keys)
    #expect(uses.count == keys.count)
    #expect(Set(uses.map(\.key)) == Set(keys.map(\.name)))
    for use in uses {
      #expect(use.complaints(about: use.key).isEmpty, "\(use)")
      #expect(use.complaints(about: "\(use.key)zzz").count == 1, "\(use)")
    }
  }

  @Test func `the schema names its dialect, and allows no key that it does not list`() async throws
  {
    let schema = try await Self.schema()
    #expect(schema["$schema"] == .string("https://json-schema.org/draft/2020-12/schema"))
    let mappings = [schema] + (schema["$defs"]?.object?.values.map { $0 } ?? [])
    for mapping in mappings { #expect(mapping["additionalProperties"] == .bool(false)) }
  }
}
