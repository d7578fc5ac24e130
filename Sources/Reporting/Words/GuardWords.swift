internal import Access

extension GuardVerdict {
  /// How much the guard holds back, or let go after all.
  var extent: String {
    let actions = Wording.count(heldBack.count, "action")
    if isAccepted { return "\(actions) released" }
    return heldBack.isEmpty ? "tripped, with nothing to hold back" : "\(actions) held back"
  }
}
