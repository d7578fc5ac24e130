import FoundationEssentials

/// The checkout in which the tests were built.
enum Checkout {
  static let root: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// The Swift files below a folder, as paths relative to the checkout.
  static func swiftFiles(below folder: String) throws -> [String] {
    try files(below: folder).filter { $0.hasSuffix(".swift") }
  }

  static func files(below folder: String) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
    return names.map { "\(folder)/\($0)" }.sorted()
  }

  static func text(of file: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(root)/\(file)")), as: UTF8.self)
  }
}
