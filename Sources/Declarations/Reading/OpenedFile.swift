internal import YAML

/// A file of which everything is decoded but a long list of guests.
struct OpenedFile: Sendable {
  private(set) var declarations: FileDeclarations
  /// Decodes the rest; `nil` where there is none.
  private var decoder: FileDecoder?

  /// So many guests are worth a task of their own.
  static let partSize = 4096

  init(_ declarations: FileDeclarations) { self.declarations = declarations }

  init(_ decoder: FileDecoder) {
    declarations = decoder.declared
    guard !decoder.postponed.isEmpty else { return }
    self.decoder = decoder
    declarations.guests.reserveCapacity(decoder.postponed.count)
  }

  /// The parts that are left, in their order.
  var parts: [Range<Int>] {
    let count = decoder?.postponed.count ?? 0
    return stride(from: 0, to: count, by: Self.partSize).map {
      $0..<min($0 + Self.partSize, count)
    }
  }

  /// Decodes one part.
  func decode(_ part: Range<Int>) -> FileDeclarations {
    guard let decoder else { return declarations }
    var own = FileDecoder(
      document: decoder.document,
      path: decoder.path,
      file: Int(decoder.file),
      unbuilt: decoder.unbuilt
    )
    own.guests(Array(decoder.postponed[part]))
    return own.declared
  }

  /// Takes a decoded part; the parts must come in their order.
  mutating func take(_ part: FileDeclarations) {
    declarations.guests += part.guests
    declarations.sink.add(part.sink)
  }
}
