internal import Access

/// The guests of all files in the order of their addresses, in batches that are given away one by
/// one: what has become an entry is not kept beside it.
struct SortedGuests {
  private(set) var index = GuestIndex()
  /// How many guests are left to be given away.
  private(set) var count = 0
  /// Declarations of an address beyond the first in the order of files.
  private(set) var repeated: [EmailAddress: [Boxed<GuestDeclaration>]] = [:]
  /// The last batch first.
  private var batches: [[Boxed<GuestDeclaration>]] = []

  private static let batchSize = 2048

  /// Takes the guests, file by file, and sorts once; ten times the guests take hardly more than ten
  /// times as long.
  init(_ files: consuming [[Boxed<GuestDeclaration>]]) {
    let guests = files.flatMap { $0 }
    files = []
    // Numbers are sorted instead of boxes, which are counted; the sort is stable.
    let order = (0..<Int32(truncatingIfNeeded: guests.count)).sorted {
      guests[Int($0)].value.address < guests[Int($1)].value.address
    }
    index.reserveCapacity(guests.count)
    var batch: [Boxed<GuestDeclaration>] = []
    var last: Int32?
    for number in order {
      let guest = guests[Int(number)]
      if let last, guests[Int(last)].value.address == guest.value.address {
        repeated[guest.value.address, default: []].append(guest)
        continue
      }
      last = number
      if batch.isEmpty { batch.reserveCapacity(Self.batchSize) }
      batch.append(guest)
      index.append(guest.value.address, at: guest.value.mark)
      count += 1
      if batch.count == Self.batchSize {
        batches.append(batch)
        batch = []
      }
    }
    if !batch.isEmpty { batches.append(batch) }
    batches.reverse()
  }

  /// Gives the next batch away; `nil` when all are gone.
  mutating func nextBatch() -> [Boxed<GuestDeclaration>]? {
    guard let batch = batches.popLast() else { return nil }
    count -= batch.count
    return batch
  }
}
