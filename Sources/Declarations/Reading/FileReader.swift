internal import Access
internal import YAML

/// Reads one file by itself: what it declares, with names still to be looked up.
///
/// A list of guests is decoded in parts while the text is parsed, so that of its nodes only a few
/// thousand are in memory at once.
struct FileReader: Sendable {
  var limits: DeclarationLimits

  /// A file, and where it is in the order of their paths.
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
      sink.add(FileFault(fault: fault, text: reading.text, path: source.file.path).finding)
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
        at: FileFault(fault: fault, text: reading.text, path: source.file.path).finding.place,
        except: .anchor
      )
    }
    return declared
  }
}
