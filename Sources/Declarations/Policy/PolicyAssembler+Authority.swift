internal import Access

extension PolicyAssembler {
  /// Every file is compared with every glob.
  static let mostGlobs = 1000

  /// Where paths limit who may write what, only entries and partners count in subfolders.
  mutating func dropUnauthorised() {
    let hasAuthority = set.files.contains { !$0.isInSubfolder && $0.has("authority") }
    for (index, file) in set.files.enumerated() where file.isInSubfolder {
      for section in file.sections {
        switch section.value {
        case "guests", "grants", "removed", "version", "partners": continue
        case "authority" where !hasAuthority:
          set.report(
            .authority,
            "`authority` must be in a file directly in the folder",
            at: section.mark
          )
        default:
          guard hasAuthority else { continue }
          set.report(
            .authority,
            "`\(section.value)` must be in a file directly in the folder, because of "
              + "`authority`",
            at: section.mark,
            scope: .part
          )
        }
      }
      if hasAuthority { set.dropSettings(ofFile: index) }
    }
  }

  /// What files in subfolders may declare; `nil` where nothing limits them.
  mutating func authority() -> Authority? {
    guard set.files.contains(where: { $0.has("authority") && !$0.isInSubfolder }) else {
      return nil
    }
    var rules: [Authority.Rule] = []
    for declared in set.files.flatMap(\.authority) {
      guard rules.count < Self.mostGlobs else {
        set.report(
          .tooLarge,
          "`authority` has more than \(Self.mostGlobs) paths",
          at: declared.mark
        )
        break
      }
      guard let glob = PathGlob(declared.value.glob) else { continue }
      let names = declared.value.partners.map(\.value)
      rules.append(
        Authority.Rule(
          glob: glob,
          anyPartner: names.contains("*"),
          partners: Set(names.filter { $0 != "*" }.map { PartnerName($0) }),
          allowance: allowance(declared.value.allowance).0
        )
      )
    }
    return Authority(rules: rules)
  }

  /// Warns of partners that `authority` names and nothing declares: so a partner's folder is
  /// prepared, or a name is mistyped.
  mutating func checkAuthority(of partners: PartnerBook) {
    guard !faults.isIncomplete else { return }
    for partner in set.files.flatMap(\.authority).flatMap(\.value.partners)
    where partner.value != "*" && partners[PartnerName(partner.value)] == nil {
      set.report(
        .unknownName,
        "partner `\(partner.value)` is not declared",
        at: partner.mark,
        severity: .warning,
        hint: set.maySuggest()
          ? Suggestion.sentence(for: partner.value, among: partners.partners.keys.map(\.text)) : nil
      )
    }
  }

  /// The resources that an `authority` or an `allows` names, and whether all of them are known.
  mutating func allowance(_ declared: AllowanceDeclaration) -> (Allowance, isWhole: Bool) {
    var allowance = Allowance()
    var isWhole = true
    for pattern in declared.apps {
      if pattern.app == "*" {
        allowance.anyApp = true
        continue
      }
      guard
        case .appRole(let app, let role)? = resolve(
          .role(app: pattern.app, role: pattern.role),
          at: pattern.mark
        )
      else {
        isWhole = false
        continue
      }
      if pattern.isAny {
        allowance.roles[app] = .some(nil)
      } else if let roles = allowance.roles[app, default: []] {
        allowance.roles[app] = roles.union([role])
      }
    }
    for name in declared.groups {
      switch name.value == "*" ? nil : resolve(.group(name.value), at: name.mark) {
      case .group(let id)?: allowance.groups.insert(id)
      default: if name.value == "*" { allowance.anyGroup = true } else { isWhole = false }
      }
    }
    for name in declared.packages {
      switch name.value == "*" ? nil : resolve(.package(name.value), at: name.mark) {
      case .package(let id)?: allowance.packages.insert(id)
      default: if name.value == "*" { allowance.anyPackage = true } else { isWhole = false }
      }
    }
    return (allowance, isWhole)
  }
}
