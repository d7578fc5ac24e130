/// The kinds of value that a key takes, as the reference names them.
package indirect enum ValueKind: Hashable, Sendable {
  case text, integer, boolean, address, domain, identifier, link, glob, path, resource
  case pattern
  case day, expiry, span
  case choice([String])
  case alias(String)
  case section(String)
  case list(ValueKind)
  case oneOrMore(ValueKind)
  case named(String, ValueKind)
  case either(ValueKind, ValueKind)

  /// The kind in words.
  package var words: String {
    switch self {
    case .text: "text"
    case .integer: "number"
    case .boolean: "`true` or `false`"
    case .address: "address"
    case .domain: "domain"
    case .identifier: "identifier (8-4-4-4-12 hexadecimal digits)"
    case .link: "https address"
    case .glob: "git pathspec glob"
    case .path: "path relative to the folder"
    case .resource: "`app:Role`"
    case .pattern: "`app:Role` or `app:*`"
    case .day: "day, or moment with offset"
    case .expiry: "day, moment with offset, or duration (`90d`, `12w`)"
    case .span: "duration (`30d`, `2w`)"
    case .choice(let names): names.map { "`\($0)`" }.joined(separator: ", ")
    case .alias(let what): "name of \(what)"
    case .section(let name): "[\(name)](#\(KeyReference.anchor(name)))"
    case .list(let item): "list of \(item.words)"
    case .oneOrMore(let item): "\(item.words), or a list of them"
    case .named(let what, let value): "by \(what): \(value.words)"
    case .either(let one, let other): "\(one.words), or \(other.words)"
    }
  }
}
