/// Finds names that look alike, by a short table of our own.
///
/// The table holds the letters that western readers confuse, not the whole of Unicode: it is for a
/// warning to a reviewer, and promises nothing.
package enum Lookalike {
  /// What a domain name looks like: two names with one skeleton can be taken for one another.
  package static func skeleton(ofDomain ascii: String) -> String {
    let readable = DomainName.unicode(ascii)
    let folded = TextForm.decomposed(readable) ?? readable
    var text = ""
    text.reserveCapacity(folded.utf8.count)
    for scalar in folded.unicodeScalars where !isMark(scalar) {
      text.unicodeScalars.append(prototypes[scalar] ?? scalar)
    }
    for (pair, letter) in pairs { text = replacing(pair, with: letter, in: text) }
    return text
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    (0x0300...0x036F).contains(scalar.value)
  }

  private static let pairs: [(String, Character)] = [("rn", "m"), ("vv", "w"), ("cl", "d")]

  private static func replacing(_ pair: String, with letter: Character, in text: String) -> String {
    var result = ""
    var held: Character?
    for character in text {
      if let first = held, pair.first == first, pair.last == character {
        result.append(letter)
        held = nil
        continue
      }
      if let first = held { result.append(first) }
      held = character
    }
    if let first = held { result.append(first) }
    return result
  }

  /// Letters by what they look like in common typefaces.
  private static let prototypes: [Unicode.Scalar: Unicode.Scalar] = {
    let looks: [(Unicode.Scalar, String)] = [
      ("a", "аɑα"), ("b", "ЬƄ"), ("c", "сϲ"), ("d", "ԁ"), ("e", "еҽ"), ("g", "ɡ"), ("h", "һ"),
      ("l", "1iіıӏɩι|"), ("j", "јϳ"), ("k", "кκ"), ("m", "м"), ("n", "ո"), ("o", "0оοօ"),
      ("p", "рρ"), ("q", "ԛ"), ("s", "ѕ"), ("t", "тτ"), ("u", "սυ"), ("v", "ѵν"), ("w", "ԝω"),
      ("x", "хχ"), ("y", "уγ"), ("z", "ᴢ"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (letter, others) in looks {
      for other in others.unicodeScalars { table[other] = letter }
    }
    return table
  }()
}
