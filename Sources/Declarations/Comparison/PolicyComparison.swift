internal import Access

/// What changed of everything that is not an entry: rules, guards, names, partners.
struct PolicyComparison {
  private(set) var changes: [DeclarationChange] = []
  private let old: PolicySettings
  private let new: PolicySettings
  private let base: DeclarationReading
  private let head: DeclarationReading

  /// Compares two policies; changes of `shownBundles` show in what guests get and lose.
  init(
    from base: DeclarationReading,
    _ old: Policy,
    to head: DeclarationReading,
    _ new: Policy,
    _ loosening: PolicyLoosening,
    shownBundles: Set<String>
  ) {
    (self.base, self.head) = (base, head)
    self.old = PolicySettings(old, without: shownBundles)
    self.new = PolicySettings(new, after: old, without: shownBundles)
    compareNames()
    comparePointers()
    compareSettings(loosening.loosened)
  }

  private mutating func note(_ effect: DeclarationChange.Effect, at setting: String) {
    let place = head.place(of: setting)
    changes.append(
      DeclarationChange(effect, place: place ?? base.place(of: setting), isGone: place == nil)
    )
  }

  /// Names that are new or gone; a new one for the same identifier is a renaming.
  private mutating func compareNames() {
    for (kind, names) in new.names.sorted(by: { $0.key < $1.key }) {
      let before = old.names[kind] ?? []
      var gone = before.subtracting(names)
      for name in names.subtracting(before).sorted() {
        let pointer = new.pointers["\(kind) \(name)"]
        let former = gone.sorted().first {
          pointer != nil && old.pointers["\(kind) \($0)"] == pointer
        }
        if let former {
          gone.remove(former)
          note(.changesRule("\(kind) `\(former)` is now called `\(name)`"), at: "\(kind)s.\(name)")
        } else {
          note(.changesRule("new \(kind) `\(name)`"), at: "\(kind)s.\(name)")
        }
      }
      for name in gone.sorted() {
        let effect = DeclarationChange.Effect.changesRule("\(kind) `\(name)` is gone")
        let place = base.place(of: "\(kind)s.\(name)")
        changes.append(DeclarationChange(effect, place: place, isGone: true))
      }
    }
  }

  private mutating func comparePointers() {
    for (name, pointer) in old.pointers.sorted(by: { $0.key < $1.key }) {
      guard let other = new.pointers[name], other != pointer else { continue }
      let parts = name.split(separator: " ", maxSplits: 1)
      note(
        .repoints("\(parts[0]) `\(parts[1])` was `\(pointer)` and is now `\(other)`"),
        at: "\(parts[0])s.\(parts[1])"
      )
    }
  }

  private mutating func compareSettings(_ loosened: [LoosenedRule]) {
    let rules = Dictionary(grouping: loosened, by: \.setting)
    var told: Set<String> = []
    for rule in loosened where rule.tells != .outline {
      note(.loosens(rule.words), at: rule.setting)
    }
    for path in Set(old.values.keys).union(new.values.keys).sorted() {
      // What belongs to a name that is new or gone is told with the name.
      guard isShared(path), var change = SettingChange(path, old.values[path], new.values[path])
      else { continue }
      let own = rules[path] ?? []
      for rule in own {
        switch rule.tells {
        case .itself: change.isTold = true
        case .added: change.added = []
        case .removed: change.removed = []
        case .outline:
          note(.loosens("\(rule.words): \(change.words)"), at: path)
          told.insert(rule.setting)
          change.isTold = true
        }
      }
      guard !change.isEmpty else { continue }
      if Self.isPointer(path) {
        note(.repoints(change.sentence), at: path)
      } else if path.hasSuffix(".exclusive"), change.new != nil {
        let name = path.split(separator: ".").dropFirst().dropLast().joined(separator: ".")
        note(
          .makesExclusive("`\(name)` is exclusive: access that is not declared is revoked"),
          at: path
        )
      } else {
        note(.changesRule(change.sentence), at: path)
      }
    }
    for rule in loosened where rule.tells == .outline && !told.contains(rule.setting) {
      note(.loosens(rule.words), at: rule.setting)
    }
  }

  private static func isPointer(_ path: String) -> Bool {
    ["tenant.id", "tenant.cloud", "tenant.ref", "tenant.accounts"].contains(path)
      || path.hasPrefix("packages.") && path.hasSuffix(".policy")
      || path.hasPrefix("apps.") && path.hasSuffix(".via")
  }

  /// Whether the name that a path belongs to, if any, is in both policies.
  private func isShared(_ path: String) -> Bool {
    for kind in ["app", "group", "package", "bundle", "partner"] where path.hasPrefix("\(kind)s.") {
      let rest = path.dropFirst(kind.utf8.count + 2)
      func has(_ settings: PolicySettings) -> Bool {
        (settings.names[kind] ?? []).contains { rest == $0 || rest.hasPrefix("\($0).") }
      }
      return has(old) && has(new)
    }
    return true
  }
}

/// How one setting differs.
private struct SettingChange {
  let path: String
  var added: [String] = []
  var removed: [String] = []
  /// The values of a setting that is not a list.
  let old: String?
  let new: String?
  /// True where something else says all of it.
  var isTold = false
  private let isList: Bool

  /// Compares two values; `nil` where they say the same.
  init?(_ path: String, _ old: PolicySettings.Value?, _ new: PolicySettings.Value?) {
    guard old != new else { return nil }
    self.path = path
    switch (old ?? .text(nil), new ?? .text(nil)) {
    case (.text(let old), .text(let new)):
      (self.old, self.new, isList) = (old, new, false)
    case (let old, let new):
      (self.old, self.new, isList) = (nil, nil, true)
      added = new.items.subtracting(old.items).sorted()
      removed = old.items.subtracting(new.items).sorted()
    }
  }

  var isEmpty: Bool { isTold || (isList && added.isEmpty && removed.isEmpty) }

  /// What changed, without the setting's name.
  var words: String {
    guard isList else { return "from \(Self.quoted(old)) to \(Self.quoted(new))" }
    let parts = [
      added.isEmpty ? nil : "adds \(Self.list(added))",
      removed.isEmpty ? nil : "drops \(Self.list(removed))",
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }

  var sentence: String { "`\(path)` \(isList ? "" : "changes ")\(words)" }

  private static func quoted(_ value: String?) -> String { value.map { "`\($0)`" } ?? "nothing" }

  /// The first of many items, and how many more there are.
  private static func list(_ items: [String]) -> String {
    let shown = items.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    return items.count > 10 ? "\(shown) and \(items.count - 10) more" : shown
  }
}

extension PolicySettings.Value {
  fileprivate var items: Set<String> {
    switch self {
    case .items(let items): items
    case .text(let text): text.map { [$0] } ?? []
    }
  }
}
