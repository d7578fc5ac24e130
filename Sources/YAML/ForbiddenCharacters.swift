/// The characters that no declaration may hold, neither as they are nor as an escape.
package enum ForbiddenCharacters {
  /// Tells whether a code point is a control character, a line end that editors do not show as one,
  /// a control of writing direction, or no character at all.
  package static func contains(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D: false
    case 0x00...0x1F, 0x7F...0x9F: true
    // Line and paragraph separator.
    case 0x2028, 0x2029: true
    // The implicit and explicit controls of the bidirectional algorithm.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    case 0xFEFF, 0xFFFE, 0xFFFF: true
    // Tags: invisible, and carry hidden text.
    case 0xE0000...0xE007F: true
    default: scalar & 0xFFFE == 0xFFFE
    }
  }
}
