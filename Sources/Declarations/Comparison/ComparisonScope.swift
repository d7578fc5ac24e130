package import Access
package import Git

/// Decides which of the files that two commits have in common a comparison has to read: those whose
/// guests a changed file or a changed rule concerns.
package struct ComparisonScope: Sendable {
  private let outline: FolderOutline
  private let old: FolderContents
  private let new: FolderContents
  private let changed: Set<String>
  /// Guests to whom a changed file gives something from the resource's side, or whom it removes.
  private let mentioned: Set<EmailAddress>

  /// Takes the outline of the earlier commit's folder and the two versions of what differs, at the
  /// paths that changed.
  package init(
    _ outline: FolderOutline,
    old: FolderContents,
    new: FolderContents,
    changed: Set<String>
  ) {
    self.outline = outline
    (self.old, self.new, self.changed) = (old, new, changed)
    let (before, after) = (Mentions(old.files), Mentions(new.files))
    mentioned = before.removed.symmetricDifference(after.removed)
      .union(before.holders.symmetricDifference(after.holders).map(\.guest))
  }

  /// How many guests the earlier commit declares.
  package var guestsBefore: Int { outline.guests(besides: []).values.reduce(0, +) }

  /// Reads both commits, more and more of what they have in common, until everybody is read who is
  /// concerned; `nil` where that is everybody.
  package func readings<Failure: Error>(
    now: Moment?,
    fetch: (_ path: String, ObjectID) async throws(Failure) -> SourceFile
  ) async throws(Failure) -> (base: DeclarationReading, head: DeclarationReading)? {
    var read: [String: SourceFile] = [:]
    while true {
      let common = outline.files.compactMap { path, file -> SourceFile? in
        guard !changed.contains(path) else { return nil }
        if let whole = read[path] { return whole }
        return file.shared.isEmpty ? nil : SourceFile(path: path, bytes: Array(file.shared))
      }
      // The two are read side by side, each on one core: they are small.
      let (earlier, later) = (old.adding(common), new.adding(common))
      async let first = DeclarationReader().read(earlier, now: now)
      let head = DeclarationReader().read(later, now: now)
      let base = await first
      guard let needed = needed(base, head) else { return nil }
      let missing = needed.filter { read[$0] == nil }
      if missing.isEmpty { return (base, head) }
      for path in missing {
        guard let blob = outline.files[path].flatMap({ ObjectID(bytes: $0.id) }) else { continue }
        read[path] = try await fetch(path, blob)
      }
    }
  }

  /// The files that both commits share and that have to be read whole, given what the rest says;
  /// `nil` is all of them.
  private func needed(_ base: DeclarationReading, _ head: DeclarationReading) -> Set<String>? {
    guard let old = base.policy, let new = head.policy, base.isUsable == head.isUsable else {
      return nil
    }
    guard let concern = PolicyConcern(from: old, to: new) else { return nil }
    let crowded = crowdedPartners(old, base).union(crowdedPartners(new, head))
    let partners = concern.partners.union(crowded)
    let addresses = [base, head].reduce(into: mentioned.union(concern.guests)) {
      $0.formUnion(guests(inChangedFilesOf: $1))
    }
    var files = outline.files(with: addresses)
    if !partners.isEmpty {
      files.formUnion(
        outline.files { domain in
          [old, new].contains { policy in
            policy.partners.partner(ofDomain: domain).map { partners.contains($0) } ?? false
          } || old.partners.partner(ofDomain: domain) != new.partners.partner(ofDomain: domain)
        }
      )
    }
    return files.subtracting(changed)
  }

  /// Who is declared in a file that changed, and so must not be declared elsewhere.
  private func guests(inChangedFilesOf reading: DeclarationReading) -> [EmailAddress] {
    guard let desired = reading.desired else { return [] }
    return desired.guests.filter { changed.contains($0.place.file) }.map(\.address)
      + desired.withheld.filter { $0.places.contains { changed.contains($0.file) } }.map(\.address)
  }

  /// Partners that may have more guests than they are allowed, so that it matters who they are.
  private func crowdedPartners(
    _ policy: Policy,
    _ reading: DeclarationReading
  ) -> Set<PartnerName> {
    let limited = policy.partners.partners.filter { $0.value.guestLimit != nil }
    guard !limited.isEmpty else { return [] }
    var counts: [PartnerName: Int] = [:]
    for (domain, count) in outline.guests(besides: changed) {
      guard let partner = policy.partners.partner(ofDomain: domain) else { continue }
      counts[partner, default: 0] += count
    }
    let entries = reading.desired.map { $0.guests + $0.withheld.compactMap(\.readable) } ?? []
    for entry in entries where changed.contains(entry.place.file) {
      counts[entry.partner, default: 0] += 1
    }
    return Set(limited.keys.filter { counts[$0, default: 0] > limited[$0]?.guestLimit ?? .max })
  }
}

extension FolderContents {
  /// The same with more files.
  fileprivate func adding(_ files: [SourceFile]) -> Self {
    var contents = self
    for file in files { contents.add(file) }
    return contents
  }
}

extension SourceFile {
  /// Whether a word is anywhere in the file.
  fileprivate func mentions(_ word: String) -> Bool {
    let word = Array(word.utf8)
    return bytes.indices.dropLast(word.count - 1).contains { start in
      bytes[start] == word[0] && bytes[start...].starts(with: word)
    }
  }
}

/// Whom the changed files name besides their guests.
private struct Mentions {
  var holders: Set<Holder> = []
  var removed: Set<EmailAddress> = []

  struct Holder: Hashable {
    var guest: EmailAddress
    var target: NamedResource?
    var expires: Ending.Rule?
    var fault: String?
  }

  init(_ files: [SourceFile]) {
    let reader = FileReader(limits: DeclarationLimits())
    // Most files only declare guests, and are read later on.
    for (index, file) in files.enumerated()
    where file.mentions("grants") || file.mentions("removed") {
      let declared = reader.read(FileReader.Source(file: file, index: index))
      holders.formUnion(
        declared.holders.map {
          Holder(
            guest: $0.guest,
            target: $0.grant.target,
            expires: $0.grant.expires,
            fault: $0.grant.fault
          )
        }
      )
      removed.formUnion(declared.removed.map(\.address))
    }
  }
}

/// Whose entries a change of the policy may concern.
private struct PolicyConcern {
  var partners: Set<PartnerName> = []
  var guests: Set<EmailAddress> = []

  /// Compares two policies; `nil` is everybody.
  init?(from old: Policy, to new: Policy) {
    guard old != new else { return }
    guard old.faults == new.faults else { return nil }
    let (before, after) = (PolicySettings(old), PolicySettings(new))
    guard before.pointers == after.pointers, before.names["bundle"] == after.names["bundle"] else {
      return nil
    }
    let names = Set(old.partners.partners.keys).union(new.partners.partners.keys)
    let paths = Set(before.values.keys).union(after.values.keys)
    for path in paths where before.values[path] != after.values[path] {
      let section = path.prefix { $0 != "." }
      switch section {
      case "partners":
        partners.formUnion(names.filter { path.hasPrefix("partners.\($0).") })
      case "guards", "lifecycle", "links", "trust", "suspend", "formerly": continue
      case "exceptions":
        guests = Set(old.exceptions).symmetricDifference(new.exceptions)
          .reduce(into: guests) { $0.insert($1.guest) }
      case _ where path.hasPrefix("defaults.invitation") || path.hasSuffix(".exclusive"): continue
      case "packages", "groups": continue
      case "apps" where !path.hasSuffix(".roles"): continue
      case "tenant" where path != "tenant.domains" && path != "tenant.accounts": continue
      default: return nil
      }
    }
  }
}
