internal import Access

extension GuardVerdict {
  /// True where people must hear of the verdict: something is held back, or somebody released it.
  var isNews: Bool { !heldBack.isEmpty }

  /// The one way to have what is held back carried out after all.
  var wayThrough: String {
    guard name.canBeAccepted else { return name.remedy }
    guard let digest else { return name.remedy }
    let flag = "`--accept \(name.rawValue):\(digest)` releases exactly these"
    guard name.countsActions else { return flag + "." }
    return flag
      + ", and so does the trailer `Guestlist-Accept: \(name.rawValue)=\(count)` in the commit "
      + "that causes just them."
  }
}

extension GuardVerdict.Guard {
  /// Whether a trailer with a number can speak of what the guard holds back.
  var countsActions: Bool {
    switch self {
    case .removals, .expiries, .invitations, .grants, .identityChanges: true
    case .shrink, .history, .baseline, .tenant, .trust, .ref, .clock, .suspend, .protected: false
    }
  }

  /// What helps where nothing can be accepted.
  var remedy: String {
    switch self {
    case .removals, .expiries, .invitations, .grants, .identityChanges, .shrink, .history,
      .baseline:
      "Nothing is held back."
    case .tenant: "Nothing releases this: sign in to the tenant that `tenant.id` declares."
    case .trust:
      "Nothing releases this: have the commits signed by somebody whom `trust.signers` lists."
    case .ref: "Nothing releases this: apply the commit that the branch `tenant.ref` stands at."
    case .clock: "Nothing releases this: set this machine's clock."
    case .suspend: "Nothing releases this: wait for the end of `suspend`, or take it out."
    case .protected:
      "Nothing releases this: take the address out of `guards.protected` in a commit of its own."
    }
  }
}
