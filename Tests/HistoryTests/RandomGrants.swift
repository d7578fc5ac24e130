/// Writes sections of grants, and changes who is in them at random.
struct RandomGrants {
  private struct Holder {
    var guest: Int
    var target: Int
    /// Days, so that one holder can say different things.
    var ends: Int
    /// In a file of its own, or in that of some guests.
    var isApart: Bool
  }

  private var holders: [Holder] = []
  private var styles = [0, 0]
  private var usesCarriageReturns = false
  /// Whether the section is above the guests of its file.
  private(set) var isAbove = false

  mutating func edit(_ random: inout Sequence64) {
    let index = holders.isEmpty ? nil : random.below(holders.count)
    switch random.below(10) {
    case 0..<4:
      // Now and then somebody who is there already.
      let holder = Holder(
        guest: random.below(6),
        target: random.below(5),
        ends: random.below(2),
        isApart: random.below(2) == 0
      )
      holders.insert(holder, at: random.below(holders.count + 1))
    case 4: if let index { holders[index].ends += 1 }
    case 5: if let index { holders[index].target = random.below(5) }
    case 6: if let index { holders[index].isApart.toggle() }
    case 7: if let index { holders.remove(at: index) }
    case 8: styles[random.below(2)] = random.below(7)
    default:
      if random.below(2) == 0 { usesCarriageReturns.toggle() } else { isAbove.toggle() }
    }
  }

  /// The section of one of the two files, with the names that the catalog has; empty for nobody.
  func section(isApart: Bool, aliases: [String]) -> String {
    let holders = holders.filter { $0.isApart == isApart }
    guard !holders.isEmpty else { return "" }
    let style = styles[isApart ? 0 : 1]
    var text = style == 1 ? "grants: # who may\n\n" : "grants:\n"
    for (number, alias) in aliases.enumerated() {
      // An app that nobody has may be there with nothing below it.
      text += style == 4 ? "  \"\(alias)\":\n" : "  \(alias):\n"
      for target in [number, number + 2] {
        let role = "Role\(target)"
        let list = holders.filter { $0.target == target }
        if list.isEmpty, style != 3 { continue }
        switch style {
        case 2: text += "    \(role): [\(list.map(flow).joined(separator: ",\n      "))]\n"
        case 5 where list.count > 1:
          text += "    \(role):\n\(block(list.dropLast(), "      "))"
          text += "    \(role):\n\(block(list.suffix(1), "      "))"
        default: text += "    \(role):\n\(block(list, style == 6 ? "    " : "      "))"
        }
      }
    }
    let list = holders.filter { $0.target == 4 }
    if !list.isEmpty { text += "  suppliers:\n" + block(list, style == 6 ? "  " : "    ") }
    return usesCarriageReturns
      ? text.split(separator: "\n").joined(separator: "\r\n") + "\r\n" : text
  }

  private func block(_ list: some Sequence<Holder>, _ indent: String) -> String {
    list.map { holder in
      let comment = holder.ends == 1 ? "\(indent)# an end\n\n" : ""
      return "\(comment)\(indent)- \(flow(holder))\n"
    }.joined()
  }

  private func flow(_ holder: Holder) -> String {
    let name = "g\(holder.guest)@f.example"
    return holder.ends == 0 ? name : "{guest: \(name), expires: \(holder.ends)d}"
  }
}
