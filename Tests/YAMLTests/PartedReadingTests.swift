import Testing

@testable import YAML

/// A list that is taken out in parts says what it says in one piece.
struct PartedReadingTests {
  struct Parts: Equatable {
    /// The items of each part, in their one form.
    var items: [[String]] = []
    /// Where each item begins.
    var places: [Int] = []
    /// What is left at the end; `nil` without a document.
    var rest: String?
    var faults: [YAMLFault] = []
  }

  private func parts(_ text: String, each size: Int, limits: YAMLLimits = YAMLLimits()) -> Parts {
    var reading = YAMLReader(limits: limits).open(
      Array(text.utf8),
      takingListOf: "guests",
      each: size
    )
    var parts = Parts()
    while let part = reading.nextPart() {
      parts.items.append(
        part.roots.map { String(decoding: part.serialised($0), as: UTF8.self) }
      )
      parts.places += part.roots.map { part.range(of: $0).lowerBound }
    }
    let rest = reading.rest()
    parts.rest = rest.document.flatMap { document in
      document.root.map { String(decoding: document.serialised($0), as: UTF8.self) } ?? ""
    }
    parts.faults = rest.faults
    return parts
  }

  private static let texts = [
    "guests: [a, {b: [c, d]}, [e], 'f', {}]\nremoved: [x]\n",
    "version: 1\nguests:\n  - email: né\n    apps: [a, \"b\\tc\"]\n  - two\n  - {three: [[3]]}\n",
    "guests: []\n", "guests:\n", "guests: {a: b}\n", "guests: x\nguests: [y]\n",
    "guests: [a]\nguests: [b]\n", "x: {guests: [a, b]}\n", "[guests, [a]]\n", "- guests\n- [a]\n",
    "", "guests: [a, b]", "'guests': [a, &x b, *x]\n", "guest: [a]\nguests: [b]\n",
  ]

  @Test(arguments: texts, [1, 2, 3, 100])
  func `parts and rest say together what the whole says`(_ text: String, _ size: Int) throws {
    let whole = YAMLReader().read(Array(text.utf8))
    let parts = parts(text, each: size)
    #expect(parts.faults == whole.faults)
    let document = try #require(whole.document)
    #expect(parts.items.dropLast().allSatisfy { $0.count == size })
    #expect(parts.items.allSatisfy { !$0.isEmpty && $0.count <= size })
    let taken = parts.items.flatMap { $0 }
    guard !taken.isEmpty, let root = document.root else {
      let all = document.root.map { String(decoding: document.serialised($0), as: UTF8.self) }
      #expect(parts.rest == all ?? "")
      return
    }
    var children = document.children(of: root)
    while let key = children.next(), let value = children.next() {
      guard document.string(of: key) == "guests" else { continue }
      let items = document.children(of: value)
      #expect(taken == items.map { String(decoding: document.serialised($0), as: UTF8.self) })
      #expect(parts.places == items.map { document.range(of: $0).lowerBound })
      break
    }
    #expect(parts.rest?.contains("s6:guestsl1") == true)
  }

  @Test func `only the list of the first such key is taken out`() {
    let parts = parts("guests: [a]\nguests: [b]\n", each: 10)
    #expect(parts.items == [["s1:a"]])
    #expect(parts.rest?.hasSuffix("s6:guestsl2s1:b") == true)
  }

  @Test func `what follows a fault is not read, and nothing is left to believe`() {
    let parts = parts("guests:\n  - a\n  - b\nx: ]\n", each: 1)
    #expect(parts.items == [["s1:a"], ["s1:b"]])
    #expect(parts.rest == nil)
    #expect(parts.faults.count == 1)
  }

  @Test func `the limits hold over all parts together`() {
    let limits = YAMLLimits(nodes: 6)
    #expect(parts("guests: [a, b, c]", each: 1, limits: limits).rest != nil)
    let over = parts("guests: [a, b, c, d]", each: 1, limits: limits)
    #expect(over.rest == nil)
    #expect(over.faults.map(\.kind) == [.tooManyNodes(limit: 6)])
    let deep = parts("guests: [[[a]]]", each: 1, limits: YAMLLimits(depth: 3))
    #expect(deep.faults.map(\.kind) == [.tooDeep(limit: 3)])
  }

  @Test func `parts that were not asked for are not in the rest`() throws {
    var reading = YAMLReader().open(
      Array("guests: [a, b, c]\nx: y\n".utf8),
      takingListOf: "guests",
      each: 1
    )
    let part = reading.nextPart()
    #expect(part?.roots.map { part?.string(of: $0) } == ["a"])
    let rest = reading.rest()
    let document = try #require(rest.document)
    let root = try #require(document.root)
    #expect(String(decoding: document.serialised(root), as: UTF8.self) == "m5s6:guestsl1s1:xs1:y")
  }

  @Test func `bytes that are refused have no parts`() {
    var reading = YAMLReader().open([0xFF], takingListOf: "guests", each: 1)
    let part = reading.nextPart()
    #expect(part == nil)
    let rest = reading.rest()
    #expect(rest.faults.map(\.kind) == [.invalidUTF8])
  }
}
