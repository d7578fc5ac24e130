internal import Access

/// The names by which people know the objects that a plan touches.
struct SubjectNames {
  private let glossary: Glossary
  private let guests: [UserID: EmailAddress]

  init(plan: Plan, declared: DesiredState) {
    glossary = Glossary(declared)
    guests = Dictionary(
      plan.actions.compactMap { action in action.account.map { ($0, action.guest) } },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func name(of subject: Snapshot.Subject) -> String {
    switch subject {
    case .address(let address): "the address \(address)"
    case .account(let user): "the account of \(name(of: user))"
    case .grant(let user, let resource):
      "\(glossary.name(of: resource)) given to \(name(of: user))"
    case .resource(let resource): glossary.name(of: resource)
    }
  }

  private func name(of user: UserID) -> String {
    guests[user].map { "\($0) (\(user))" } ?? user.description
  }
}
