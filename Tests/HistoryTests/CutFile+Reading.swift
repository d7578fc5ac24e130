import Access
import Declarations

@testable import History

extension CutFile {
  /// What each piece is parsed from.
  var texts: [[UInt8]] {
    var offset = 0
    return pieces.map { piece in
      defer { offset += piece.length }
      return text(of: PlacedPiece(piece: piece, offset: offset))
    }
  }

  /// True where the holders of a role are pieces.
  var holdsRoles: Bool { pieces.contains { $0.context.headings.count == 3 } }

  /// What the pieces say, with their lines counted in the file; `nil` where one cannot be read.
  var readTogether: FileIdentities? {
    var all = IdentityReader().identities(of: SourceFile(path: "f.yaml", bytes: []))
    var line = 0
    for (piece, text) in zip(pieces, texts) {
      let read = IdentityReader().identities(of: SourceFile(path: "f.yaml", bytes: text))
      guard read.fault == nil else { return nil }
      let above = line - piece.linesAbove
      func moved(_ place: SourcePlace) -> SourcePlace {
        SourcePlace(file: place.file, line: place.line + above, column: place.column)
      }
      all.tenant = all.tenant ?? read.tenant
      all.policy += read.policy
      all.formerly += read.formerly
      all.names.apps.merge(read.names.apps) { first, _ in first }
      all.names.groups.merge(read.names.groups) { first, _ in first }
      all.names.packages.merge(read.names.packages) { first, _ in first }
      all.names.bundles.merge(read.names.bundles) { first, _ in first }
      all.names.partners.merge(read.names.partners) { first, _ in first }
      for var guest in read.guests {
        guest.place = moved(guest.place)
        for index in guest.grants.indices {
          guest.grants[index].place = moved(guest.grants[index].place)
        }
        for index in guest.bundles.indices {
          guest.bundles[index].place = moved(guest.bundles[index].place)
        }
        all.guests.append(guest)
      }
      for var holder in read.holders {
        holder.place = moved(holder.place)
        all.holders.append(holder)
      }
      all.removed += read.removed
      line += piece.lines
    }
    return all
  }
}

extension FileIdentities {
  /// Everything but the policy, which is spelled in another way where a list is cut.
  var withoutPolicy: FileIdentities {
    var identities = self
    identities.policy = []
    return identities
  }
}
