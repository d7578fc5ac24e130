internal import Access
internal import YAML

/// Reads one file by itself: what it declares, with names still to be looked up.
struct FileReader: Sendable {
  var limits: YAMLLimits
  var unbuilt: UnbuiltKeys

  /// Reads a file from one end to the other.
  func read(_ source: SourceFile, index: Int) -> FileDeclarations {
    var opened = open(source, index: index)
    for part in opened.parts { opened.take(opened.decode(part)) }
    return opened.declarations
  }

  /// Reads a file, with a long list of guests left in parts that may be decoded side by side.
  func open(_ source: SourceFile, index: Int) -> OpenedFile {
    let reading = YAMLReader(limits: limits).read(source.bytes)
    var sink = FindingSink()
    for fault in reading.faults {
      sink.add(Self.finding(fault, in: reading.text, path: source.path))
    }
    guard let document = reading.document else {
      var declared = FileDeclarations(path: source.path, text: reading.text)
      declared.sink = sink
      return OpenedFile(declared)
    }
    var decoder = FileDecoder(
      document: document,
      path: source.path,
      file: index,
      unbuilt: unbuilt,
      sink: sink,
      postponingGuestsFrom: OpenedFile.partSize
    )
    decoder.decode()
    return OpenedFile(decoder)
  }

  private static func finding(_ fault: YAMLFault, in text: SourceText, path: String) -> Finding {
    let (rule, message, suggestion) = words(for: fault.kind)
    return Finding(
      rule,
      .error,
      message,
      at: Mark(
        file: 0,
        offset: UInt32(truncatingIfNeeded: fault.offset),
        length: UInt32(truncatingIfNeeded: fault.byteCount)
      ),
      in: text,
      path: path,
      suggestion: suggestion
    )
  }

  private static func words(
    for kind: YAMLFault.Kind
  ) -> (DeclarationRule, String, suggestion: String?) {
    switch kind {
    case .invalidUTF8: (.encoding, "the file is not UTF-8 here", nil)
    case .forbiddenCharacter(let scalar):
      (
        .forbiddenCharacter, "\(codePoint(scalar)) has no place in a declaration",
        "take it out: it is not shown, or ends a line where none is seen to end"
      )
    case .forbiddenEscape(let scalar):
      (.forbiddenCharacter, "\(codePoint(scalar)), here as an escape, has no place in a text", nil)
    case .byteOrderMark: (.byteOrderMark, "the file holds a byte-order mark", "save it without")
    case .tooManyBytes(let limit): (.tooLarge, "the file is larger than \(limit) bytes", nil)
    case .tooManyNodes(let limit): (.tooLarge, "the file holds more than \(limit) values", nil)
    case .tooDeep(let limit): (.tooDeep, "lists and mappings nest deeper than \(limit)", nil)
    case .anchor: (.anchor, "anchors are not used in declarations", "write the value out")
    case .alias: (.anchor, "aliases are not used in declarations", "write the value out")
    case .tag: (.tag, "tags are not used in declarations", "the key decides the type")
    case .directive: (.document, "YAML directives are not used in declarations", nil)
    case .secondDocument:
      (.document, "a second document begins here", "put it into a file of its own")
    case .mergeKey: (.mergeKey, "merge keys are not used in declarations", "write the keys out")
    case .compoundKey: (.wrongKind, "a key must be a text", nil)
    case .syntax(let problem): (.syntax, "not YAML: \(problem)", nil)
    }
  }

  private static func codePoint(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
