/// Colour and weight for a terminal, or none; meaning never depends on it.
package struct TerminalStyle: Hashable, Sendable {
  package var isColoured: Bool

  package init(isColoured: Bool) { self.isColoured = isColoured }

  /// Text without any colour, as it goes to files.
  package static let plain = Self(isColoured: false)

  /// The looks that reports use.
  enum Look: String {
    case bold = "1"
    case faint = "2"
    case added = "32"
    case changed = "33"
    case removed = "31"
    case error = "1;31"
    case warning = "1;33"
    case note = "1;36"
  }

  func apply(_ look: Look, _ text: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(look.rawValue)m\(text)\u{1B}[0m" : text
  }
}
