/// The elements and attributes of a small XML document, read strictly; `nil` for what is not well
/// formed.
struct XMLOutline {
  var name: String
  var attributes: [String: String] = [:]
  var children: [XMLOutline] = []

  init?(_ text: String) {
    guard text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>")?.upperBound else {
      return nil
    }
    var rest = text[end...]
    var open: [XMLOutline] = []
    var root: XMLOutline?
    while let start = rest.firstIndex(of: "<") {
      guard !rest[..<start].contains("]]>"), let close = rest.firstIndex(of: ">") else {
        return nil
      }
      let tag = rest[rest.index(after: start)..<close]
      rest = rest[rest.index(after: close)...]
      if tag.hasPrefix("/") {
        guard let element = open.popLast(), element.name == tag.dropFirst() else { return nil }
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
      } else {
        guard root == nil, let element = XMLOutline(tag: tag) else { return nil }
        if !tag.hasSuffix("/") {
          open.append(element)
        } else if open.isEmpty {
          root = element
        } else {
          open[open.count - 1].children.append(element)
        }
      }
    }
    guard open.isEmpty, let root else { return nil }
    self = root
  }

  private init?(tag: Substring) {
    let body = tag.hasSuffix("/") ? tag.dropLast() : tag
    guard let match = body.prefixMatch(of: /[a-z-]+/) else { return nil }
    name = String(match.output)
    var rest = body[match.range.upperBound...]
    while let match = rest.prefixMatch(of: /\ ([a-z]+)="([^"<]*)"/) {
      guard attributes.updateValue(String(match.2), forKey: String(match.1)) == nil else {
        return nil
      }
      rest = rest[match.range.upperBound...]
    }
    guard rest.isEmpty else { return nil }
  }

  func descendants(named name: String) -> [XMLOutline] {
    children.filter { $0.name == name } + children.flatMap { $0.descendants(named: name) }
  }
}
