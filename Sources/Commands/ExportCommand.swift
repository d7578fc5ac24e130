internal import Access
internal import Declarations
internal import Reporting

/// `guestlist export`: declarations for what is in the tenant already.
enum ExportCommand {
  static let description = CommandDescription(
    name: "export",
    summary: "Write declarations for the guests that exist",
    discussion: """
      Writes a file for each partner organisation, by the domain of its guests, with
      what they hold, and a catalog, into the declarations of the work tree. The plan
      of these files has nothing to change. Nothing is written to the tenant. Exits 5
      if something had to be left out; it is listed, with what to do.
      With --add, only what is not declared yet is added to declarations that are
      there; what an earlier commit removed stays removed.
      """,
    options: CommonOptions.repository + CommonOptions.tenant
      + [Option("add", "add to the declarations that are there"), CommonOptions.readOnly]
      + CommonOptions.output(ExportFormat.allCases.map(\.rawValue)) + CommonOptions.verbosity,
    examples: [
      .init("guestlist export", "the first declarations of a tenant"),
      .init("guestlist export --add", "what was added by hand since"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let input = try RepositoryInput(arguments)
    let outputs = try Outputs<ExportFormat>(arguments, standard: .text)
    let (contents, root) = try await WorkTree.readIfThere(input)
    guard contents.files.isEmpty || arguments.has("add") else {
      throw .refused(
        .error,
        "`\(input.folderName)` has declarations already; nothing was written",
        hints: [
          "`guestlist export --add` adds what is not declared yet; `--path FOLDER` writes elsewhere"
        ]
      )
    }
    guard let run = try await ExportRun.open(contents, input, arguments, context) else {
      return Outcomes([.invalid])
    }
    let export = try await run.export()
    for file in export.files where file.isNew && WorkTree.isThere(file.path, below: root) {
      throw .refused(
        .error,
        "`\(file.path)` is there already; nothing was written",
        hints: ["move it away"]
      )
    }
    for file in export.files { try WorkTree.write(file.bytes, to: file.path, below: root) }
    if try await !run.readsPackages() {
      context.console.note(
        "note: the application lacks `EntitlementManagement.Read.All`, so access packages were not "
          + "read; what they give is exported as separate grants"
      )
    }
    var report = ExportReport(export, run.tenant, context.origin(input))
    report.isComplete = arguments.has("verbose")
    try outputs.write(to: context.console) { format, isForPeople in
      if isForPeople, context.console.isQuiet, format == .text { return "\(report.summary)\n" }
      return report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    return Outcomes(export.omissions.contains { $0.reason.isEntry } ? [.partial] : [])
  }
}

extension ExportReport {
  fileprivate init(_ export: TenantExport, _ tenant: TenantDeclaration, _ origin: ReportOrigin) {
    let groups = Dictionary(grouping: export.omissions, by: \.reason)
    self.init(
      tenant: tenant.id,
      name: tenant.name,
      origin: origin,
      files: export.files.map { file in
        File(
          path: file.path,
          isNew: file.isNew,
          declaresTenant: file.contents.declaresTenant,
          resources: file.contents.resources,
          guests: file.contents.guests,
          grants: file.contents.grants
        )
      },
      omissions: ExportOmission.Reason.allCases.compactMap { reason in
        groups[reason].map { omissions in
          Omissions(
            reason: "\(reason)",
            title: reason.words.title,
            hint: reason.words.hint,
            items: omissions.map { Item(subject: $0.subject, detail: $0.detail, count: $0.count) }
          )
        }
      },
      guests: export.guests.count,
      grants: export.grants.count
    )
  }
}

extension ExportOmission.Reason {
  fileprivate var words: (title: String, hint: String) {
    switch self {
    case .publicDomain:
      (
        "Left out: addresses at public mail domains",
        "declare a partner for them, with `domains: [gmail.com]` and `public: true`, and run "
          + "`guestlist export --add`"
      )
    case .ownDomain:
      (
        "Left out: addresses at the tenant's own domains",
        "these are your own people; make them members in Entra, or leave them as they are"
      )
    case .noAddress:
      (
        "Left out: accounts without an email address",
        "set `mail` of the account in Entra, and run `guestlist export --add`"
      )
    case .sharedAddress:
      (
        "Left out: several accounts with one address",
        "delete the account that is not used, and run `guestlist export --add`"
      )
    case .otherIdentity:
      (
        "Left out: accounts whose mail is not the address that signs in",
        "correct `mail` of the account in Entra, and run `guestlist export --add`"
      )
    case .removedBefore:
      ("Left out: removed by an earlier commit", "declare them by hand if they are to come back")
    case .refused:
      (
        "Left out: not allowed by the declarations",
        "change the rule, or declare them by hand with what is missing"
      )
    case .unwritableFile:
      (
        "Left out: the file cannot be added to",
        "run `guestlist fmt`, and then `guestlist export --add`"
      )
    case .group:
      (
        "Left out: groups whose members Graph cannot change",
        "nothing to do, if somebody else manages the group"
      )
    case .role:
      ("Left out: roles that a declaration cannot name", "assign another role of the app in Entra")
    case .package: ("Left out: access packages", "assign them by a policy that still exists")
    case .name:
      (
        "Exported without display names that are blank or have control characters",
        "add a `name` by hand; only an invitation uses it"
      )
    case .sponsor:
      (
        "Exported without some sponsors",
        "name a sponsor in the entry or in the partner"
      )
    }
  }
}
