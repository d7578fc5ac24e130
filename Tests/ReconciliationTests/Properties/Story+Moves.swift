import Access
import Reconciliation

extension Story {
  /// Changes somebody's address, mostly to a new one; now and then the old one is forgotten.
  mutating func moveSomebody() {
    guard !world.desired.guests.isEmpty else { return }
    var entry = chance.pick(world.desired.guests)
    let old = entry.address
    let name = chance.hits(80) ? "new-\(old.localPart)" : chance.pick(Self.names)
    let new = Names.address(name)
    guard !world.desired.guests.contains(where: { $0.address == new }),
      !world.desired.withheld.contains(where: { $0.address == new })
    else { return }
    if chance.hits(30) { entry.grants = Array(entry.grants.dropLast()) }
    if chance.hits(85) { world.undeclare(String(old.localPart)) }
    world.declare(name) {
      $0 = entry
      $0.address = new
      $0.spelled = new.normalised
      $0.previously = [old]
    }
    commit()
  }

  /// Takes an address change back, as `git revert` does.
  mutating func revertMove() {
    let moved = world.desired.guests.filter { !$0.previously.isEmpty }
    guard !moved.isEmpty else { return }
    var entry = chance.pick(moved)
    let old = entry.previously[0]
    guard !world.desired.guests.contains(where: { $0.address == old }),
      !world.desired.withheld.contains(where: { $0.address == old })
    else { return }
    world.undeclare(String(entry.address.localPart))
    (entry.address, entry.spelled, entry.previously) = (old, old.normalised, [])
    world.declare(String(old.localPart)) { $0 = entry }
    told.append("\(world.now) the address change of \(old) is reverted")
    commit()
  }

  /// An address change whose second write, the mail to the new address, did not happen.
  mutating func cutOff() {
    let changes = world.journal?.addressChanges.filter(\.value.isFinished) ?? [:]
    guard let id = changes.keys.min(), world.tenant.state.accounts[id] != nil else { return }
    world.journal?.addressChanges[id]?.isFinished = false
    world.tenant.change(id) { $0.redemption = .accepted }
    told.append("\(world.now) the address change of \(id) is cut off")
  }
}
