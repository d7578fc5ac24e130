package import Access
internal import Crypto

/// The last entry of a journal's chain: every run publishes it, so that somebody outside can keep
/// it as a witness.
package struct ChainHead: Hashable, Sendable {
  /// The number of the entry, counted from one.
  package let sequence: Int
  /// The SHA-256 of the entry over the one before it, in lower-case hexadecimal digits.
  package let link: String

  init(sequence: Int, link: String) {
    self.sequence = sequence
    self.link = link
  }

  /// Reads `SEQUENCE:LINK` as `description` gives it; anything else is `nil`.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let sequence = Int(parts[0]), sequence > 0,
      parts[1].utf8.count == 64,
      parts[1].utf8.allSatisfy({
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      })
    else { return nil }
    self.init(sequence: sequence, link: String(parts[1]))
  }
}

extension ChainHead: CustomStringConvertible {
  package var description: String { "\(sequence):\(link)" }
}

/// What a verification of the journal found.
package enum ChainVerdict: Hashable, Sendable {
  /// Every entry follows from the one before; `nil` where there is none yet.
  case intact(ChainHead?)
  case broken(Break)

  /// The first place at which the journal contradicts itself.
  package struct Break: Hashable, Sendable {
    /// The number of the entry; for a removal, of the first one that is missing.
    package var sequence: Int
    package var fault: Fault
    /// When the entry says it was made; `nil` where it is missing.
    package var moment: Moment?
    /// What was found, in a sentence.
    package var detail: String

    init(sequence: Int, fault: Fault, moment: Moment? = nil, detail: String) {
      self.sequence = sequence
      self.fault = fault
      self.moment = moment
      self.detail = detail
    }
  }

  package enum Fault: String, Hashable, Sendable {
    case altered, removed, inserted
    /// The journal is sound in itself and is not the one whose head was published.
    case otherThanPublished
  }
}

/// A row of the journal before and after it was chained.
struct Entry {
  var sequence: Int64
  var run: String
  var tenant: String
  var moment: Int64
  var kind: String
  var request: String?
  /// Canonical JSON.
  var body: String

  /// The SHA-256 of the entry over the link of the one before it.
  func link(after previous: [UInt8]) -> [UInt8] {
    let fields: CanonicalJSON = .array([
      .integer(sequence), .string(run), .string(tenant), .integer(moment), .string(kind),
      .optional(request), .string(body),
    ])
    var bytes = previous
    fields.append(to: &bytes)
    return SHA256.digest(bytes).bytes
  }

  /// What the first entry follows: the journal's own identifier, so that no two journals share a
  /// chain.
  static func origin(journal: String) -> [UInt8] {
    SHA256.digest(Array("guestlist journal \(journal)".utf8)).bytes
  }
}
