/// A text to compare with stored JSON strings without regard to case.
struct FoldedText: Sendable {
  let folded: String
  private let json: [UInt8]
  private let isASCII: Bool

  init(_ text: String) {
    folded = text.lowercased()
    var json: [UInt8] = []
    json.appendJSON(folded)
    self.json = json
    isASCII = folded.utf8.allSatisfy { $0 < 0x80 }
  }

  /// Compares with a JSON string as the store writes it, which is always written the same way.
  func equals(json other: ArraySlice<UInt8>) -> Bool {
    if isASCII {
      guard other.count == json.count else { return false }
      return zip(other, json).allSatisfy { stored, wanted in
        stored == wanted || ((0x41...0x5A).contains(stored) && stored | 0x20 == wanted)
      }
    }
    guard case .string(let text)? = try? JSONParser.parse(Array(other)) else { return false }
    return text.lowercased() == folded
  }
}
