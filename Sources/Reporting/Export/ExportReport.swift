package import Access

/// The forms in which an export is reported.
package enum ExportFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}

/// What an export wrote, and what it left out and why.
package struct ExportReport: Hashable, Sendable {
  package var tenant: TenantID
  package var name: String
  package var origin: ReportOrigin
  package var files: [File]
  package var omissions: [Omissions]
  /// How many guests and grants are declared anew.
  package var guests: Int
  package var grants: Int
  /// Whether text lists everything that was left out; else the first of each reason.
  package var isComplete = false

  package init(
    tenant: TenantID,
    name: String,
    origin: ReportOrigin,
    files: [File],
    omissions: [Omissions],
    guests: Int,
    grants: Int
  ) {
    self.tenant = tenant
    self.name = name
    self.origin = origin
    self.files = files
    self.omissions = omissions
    self.guests = guests
    self.grants = grants
  }

  /// A file that was written.
  package struct File: Hashable, Sendable {
    /// Below the folder of the declarations.
    package var path: String
    package var isNew: Bool
    package var declaresTenant: Bool
    /// Apps, groups and access packages.
    package var resources: Int
    package var guests: Int
    package var grants: Int

    package init(
      path: String,
      isNew: Bool,
      declaresTenant: Bool = false,
      resources: Int = 0,
      guests: Int = 0,
      grants: Int = 0
    ) {
      self.path = path
      self.isNew = isNew
      self.declaresTenant = declaresTenant
      self.resources = resources
      self.guests = guests
      self.grants = grants
    }
  }

  /// What was left out for one reason.
  package struct Omissions: Hashable, Sendable {
    /// A word for programs (`publicDomain`).
    package var reason: String
    package var title: String
    /// What to do about it.
    package var hint: String
    package var items: [Item]

    package init(reason: String, title: String, hint: String, items: [Item]) {
      self.reason = reason
      self.title = title
      self.hint = hint
      self.items = items
    }
  }

  package struct Item: Hashable, Sendable {
    package var subject: String
    package var detail: String?
    /// How many guests it concerns.
    package var count: Int

    package init(subject: String, detail: String?, count: Int) {
      self.subject = subject
      self.detail = detail
      self.count = count
    }
  }

  /// Returns the report in a format; the style means something to `text` alone.
  package func rendered(as format: ExportFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: text(style)
    case .json: document.text
    }
  }

  // MARK: - Text

  private func text(_ style: TerminalStyle) -> String {
    var page = TerminalPage(style)
    page.add(.init(name, .bold), " · \(tenant)")
    page.separate()
    for file in files {
      page.add(
        .init(file.isNew ? "+" : "~", file.isNew ? .added : .changed),
        .init(" \(origin.path(ofFile: file.path))  \(file.words)"),
        hanging: 4
      )
    }
    for group in omissions {
      page.separate()
      page.add([.init(group.title, .warning)], trailing: [.init("\(group.items.count)")])
      let shown = group.items.prefix(isComplete ? .max : Self.longest)
      for item in shown { page.add(.init("  \(item.words)"), hanging: 4) }
      if shown.count < group.items.count {
        page.add("  … and \(group.items.count - shown.count) more (--verbose)")
      }
      page.add(.init("  hint: \(group.hint)", .faint), hanging: 4)
    }
    page.separate()
    page.add(.init(summary, .bold), hanging: 2)
    if !files.isEmpty {
      page.add(
        "Review and commit the files; `guestlist plan` then adopts the accounts and changes nothing."
      )
    }
    return page.text
  }

  /// How many of a kind are listed.
  private static let longest = 20

  /// The line that ends the report.
  package var summary: String {
    let counts = [
      guests > 0 ? Wording.count(guests, "guest") : nil,
      grants > 0 ? Wording.count(grants, "grant") : nil,
    ].compactMap(\.self)
    guard !counts.isEmpty else {
      return omissions.isEmpty
        ? "Nothing to export: everything is declared." : "Nothing could be exported."
    }
    return "Exported \(Wording.list(counts)) to \(Wording.count(files.count, "file"))."
  }

  // MARK: - JSON

  private var document: JSONValue {
    .object(
      origin.members(kind: "export", tenant: tenant, named: name, commit: nil) + [
        .init("summary", ["guests": .integer(guests), "grants": .integer(grants)]),
        .init("files", .array(files.map { $0.json(origin) })),
        .init("leftOut", .array(omissions.map(\.json))),
      ]
    )
  }
}

extension ExportReport.File {
  fileprivate var words: String {
    let parts = [
      declaresTenant ? "the tenant" : nil,
      resources > 0
        ? Wording.count(resources, "catalog entry", "catalog entries") : nil,
      guests > 0 ? Wording.count(guests, "guest") : nil,
      grants > 0 ? Wording.count(grants, "grant") : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  fileprivate func json(_ origin: ReportOrigin) -> JSONValue {
    [
      "path": .string(origin.path(ofFile: path)), "new": .bool(isNew),
      "resources": .integer(resources), "guests": .integer(guests), "grants": .integer(grants),
    ]
  }
}

extension ExportReport.Omissions {
  fileprivate var json: JSONValue {
    let items = items.map { item -> JSONValue in
      [
        "subject": .string(item.subject), "detail": .optional(item.detail),
        "guests": .integer(item.count),
      ]
    }
    return [
      "reason": .string(reason), "title": .string(title), "hint": .string(hint),
      "items": .array(items),
    ]
  }
}

extension ExportReport.Item {
  fileprivate var words: String {
    let about = detail.map { ": \($0)" } ?? ""
    return subject + about + (count > 1 ? " (\(Wording.count(count, "guest")))" : "")
  }
}
