/// Everything that differs between what two commits declare.
package struct DeclarationDiff: Hashable, Sendable {
  /// The riskiest first.
  package var changes: [DeclarationChange]
  /// What stops the later commit, or parts of it, in the files that were compared.
  package var errors: [Finding]
  /// False where nothing of the later commit could be applied.
  package var isUsable: Bool
  /// False where the earlier commit declares nothing, or not all of it can be read.
  package var isBaseUsable: Bool
  /// Who should look at it; `nil` where nobody asked.
  package var reviewers: [ReviewArea]?

  package init(
    changes: [DeclarationChange],
    errors: [Finding] = [],
    isUsable: Bool = true,
    isBaseUsable: Bool = true,
    reviewers: [ReviewArea]? = nil
  ) {
    self.changes = changes
    self.errors = errors
    self.isUsable = isUsable
    self.isBaseUsable = isBaseUsable
    self.reviewers = reviewers
  }
}

/// A part of the repository, or an app, that a change concerns, and who answers for it.
package struct ReviewArea: Hashable, Sendable {
  package var subject: Subject
  /// As the file of code owners names them; empty where it names nobody.
  package var owners: [String]

  package init(_ subject: Subject, owners: [String]) {
    self.subject = subject
    self.owners = owners
  }

  package enum Subject: Hashable, Sendable {
    /// Files below one path of `authority` that changed, or one file that no path fits.
    case files(path: String, count: Int)
    /// An app, group or package to which access changed, and the path of `authority` that names it.
    case resource(name: String, path: String?)
  }
}
