internal import Access
internal import YAML

/// Reads one file by itself: what it declares, with names still to be looked up.
///
/// A list of guests is decoded in parts while the text is parsed, so that of its nodes only a few
/// thousand are in memory at once.
struct FileReader: Sendable {
  var limits: DeclarationLimits

  /// A file, and where it stands in the order of their paths.
  struct Source: Sendable {
    var file: SourceFile
    var index: Int
  }

  /// So many guests are decoded at once.
  static let partSize = 2048

  /// From how many bytes on decoding has a task of its own.
  private static let largeFile = 1 << 20

  /// Reads a file from one end to the other.
  func read(_ source: Source) -> FileDeclarations {
    var reading = open(source)
    var guests = GuestList(limit: limits.entries)
    while let part = reading.nextPart() { guests.take(decode(part, of: source)) }
    return declarations(of: source, reading.rest(), guests)
  }

  /// Does the same, and of a large file decodes the guests beside the parser.
  func read(inParallel source: Source) async -> FileDeclarations {
    guard source.file.bytes.count >= Self.largeFile else { return read(source) }
    var reading = open(source)
    var guests = GuestList(limit: limits.entries)
    await SideBySide.transform(
      { reading.nextPart() },
      { decode($0, of: source) },
      take: { guests.take($0) }
    )
    return declarations(of: source, reading.rest(), guests)
  }

  /// Guests of one file in their order, as long as there are not too many.
  private struct GuestList {
    let limit: Int
    var guests: [Boxed<GuestDeclaration>] = []
    var uncounted = 0
    var sink = FindingSink(limit: FindingSink.mostOfFile)

    init(limit: Int) { self.limit = limit }

    mutating func take(_ part: FileDeclarations) {
      if guests.count < limit { guests += part.guests } else { uncounted += part.guests.count }
      sink.add(part.sink)
    }
  }

  private func open(_ source: Source) -> PartedReading {
    YAMLReader(limits: limits.yaml).open(
      source.file.bytes,
      takingListOf: "guests",
      each: Self.partSize
    )
  }

  private func decode(_ part: Document, of source: Source) -> FileDeclarations {
    FileDeclarations(guests: part, path: source.file.path, file: source.index)
  }

  private func declarations(
    of source: Source,
    _ reading: YAMLReader.Reading,
    _ guests: GuestList
  ) -> FileDeclarations {
    var sink = FindingSink(limit: FindingSink.mostOfFile)
    for fault in reading.faults {
      sink.add(Self.finding(fault, in: reading.text, path: source.file.path))
    }
    guard let document = reading.document else {
      // What follows from half a file would be wrong.
      var declared = FileDeclarations(path: source.file.path, text: reading.text)
      declared.sink = sink
      declared.isComplete = false
      return declared
    }
    var declared = FileDeclarations(document, path: source.file.path, file: source.index)
    sink.add(declared.sink)
    declared.sink = sink
    if !reading.faults.isEmpty { declared.isComplete = false }
    if declared.has("guests") {
      declared.guests += guests.guests
      declared.uncounted = guests.uncounted
      declared.sink.add(guests.sink)
    }
    for fault in reading.faults where fault.kind == .alias {
      declared.sink.removeFindings(
        at: Self.finding(fault, in: reading.text, path: source.file.path).place,
        except: .anchor
      )
    }
    return declared
  }

  private static func finding(_ fault: YAMLFault, in text: SourceText, path: String) -> Finding {
    let isTab = text.bytes.dropFirst(fault.offset).first == 0x09
    let (rule, message, suggestion) = words(for: fault.kind, isTab: isTab)
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
    for kind: YAMLFault.Kind,
    isTab: Bool
  ) -> (DeclarationRule, String, suggestion: String?) {
    switch kind {
    case .invalidUTF8: (.encoding, "the file is not UTF-8", nil)
    case .forbiddenCharacter(let scalar):
      (
        .forbiddenCharacter, "the character \(codePoint(scalar)) is not allowed",
        "remove it: it is invisible, or ends a line where no editor shows one"
      )
    case .forbiddenEscape(let scalar):
      (.forbiddenCharacter, "the escaped character \(codePoint(scalar)) is not allowed", nil)
    case .byteOrderMark:
      (.byteOrderMark, "the file has a byte-order mark", "save it without one")
    case .tooManyBytes(let limit): (.tooLarge, "the file is larger than \(limit) bytes", nil)
    case .tooManyNodes(let limit): (.tooLarge, "the file has more than \(limit) values", nil)
    case .tooDeep(let limit): (.tooDeep, "lists and mappings nest deeper than \(limit)", nil)
    case .anchor: (.anchor, "YAML anchors are not supported", "write the value out")
    case .alias: (.anchor, "YAML aliases are not supported", "write the value out")
    case .tag: (.tag, "YAML tags are not supported", "remove it: the key decides the type")
    case .directive: (.document, "YAML directives are not supported", nil)
    case .secondDocument:
      (.document, "a file must hold one YAML document", "move the second to a file of its own")
    case .mergeKey: (.mergeKey, "YAML merge keys are not supported", "write the keys out")
    case .compoundKey: (.wrongKind, "a key must be a string", nil)
    case .syntax where isTab: (.syntax, "a tab cannot indent YAML; use spaces", nil)
    case .syntax(let problem): (.syntax, "not valid YAML: \(problem)", nil)
    }
  }

  private static func codePoint(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
