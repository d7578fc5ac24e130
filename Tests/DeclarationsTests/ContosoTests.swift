import Access
import FoundationEssentials
import Testing

@testable import Declarations

/// The declarations of this repository itself.
struct ContosoTests {
  @Test func `Contoso validates without errors`() throws {
    var folder = String(#filePath.dropLast("Tests/DeclarationsTests/ContosoTests.swift".count))
    folder += "desired-state"
    let manager = FileManager.default
    var files: [SourceFile] = []
    for path in try manager.subpathsOfDirectory(atPath: folder)
    where SourceFile.isDeclaration(path) {
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
      files.append(SourceFile(path: path, bytes: [UInt8](data)))
    }
    let reading = DeclarationReader().read(files)
    #expect(reading.findings.filter { $0.severity == .error } == [])
    #expect((reading.desired?.guests.count ?? 0) >= 80)
  }
}
