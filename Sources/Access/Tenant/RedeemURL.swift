/// The address by which an invited guest redeems; anyone who holds it may become the guest.
///
/// It prints as `<redacted>` everywhere; `reveal()` is for the file or command that the user named.
package struct RedeemURL: Hashable, Sendable {
  private let text: String

  package init(_ text: String) { self.text = text }

  /// The address itself.
  package func reveal() -> String { text }
}

extension RedeemURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
