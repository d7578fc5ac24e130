import FoundationEssentials
import Glibc
import Platform
import TestSupport
import Testing

@Suite struct PrivateFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("file")
  }

  /// Every call that takes a file of our own, with whether it must also be hidden from readers.
  private static let calls:
    [(name: String, hidden: Bool, call: @Sendable (String) throws -> Void)] =
      [
        ("append", true, { try PrivateFile.append([7], to: $0) }),
        ("create", false, { try PrivateFile.create($0) }),
        ("check", false, { try PrivateFile.check($0) }),
        ("read", false, { _ = try PrivateFile.read($0, limit: 10) }),
        ("lock", false, { _ = try FileLock(path: $0) }),
      ]

  private func expect(
    _ kind: PlatformError.Kind,
    in place: String? = nil,
    where isConcerned: (Bool) -> Bool = { _ in true }
  ) throws {
    for (name, hidden, call) in Self.calls where isConcerned(hidden) {
      let error = #expect(throws: PlatformError.self, "\(name)") { try call(place ?? path) }
      #expect(error?.kind == kind, "\(name): \(String(describing: error))")
    }
  }

  @Test func `a link is not followed, and what it leads to stays as it is`() throws {
    let target = try folder.write("target", "theirs")
    _ = try folder.makeLink("file", to: target)
    try expect(.notRegular)
    #expect(try folder.read("target") == "theirs")
  }

  @Test func `a link that leads nowhere makes no file`() throws {
    let target = folder.path("target")
    _ = try folder.makeLink("file", to: target)
    try expect(.notRegular)
    #expect(!FileManager.default.fileExists(atPath: target))
  }

  @Test(.timeLimit(.minutes(10)))
  func `a pipe is refused without waiting for its other end`() async throws {
    let path = try await folder.makePipe("file")
    try expect(.notRegular)
    let error = #expect(throws: PlatformError.self) { _ = try PublicFile.read(path, limit: 10) }
    #expect(error?.kind == .notRegular)
  }

  @Test func `a file that others can write is refused`() throws {
    try folder.write("file", "")
    for mode in [0o620, 0o602, 0o666] {
      try setMode(mode, of: path)
      try expect(.notPrivate)
    }
  }

  @Test func `a secret is not appended to a file that others can read`() throws {
    try folder.write("file", "")
    try setMode(0o644, of: path)
    try expect(.notPrivate, where: { $0 })
    #expect(try folder.read("file") == "")
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
  func `a file of another user is refused`() throws {
    try folder.write("file", "")
    try setMode(0o600, of: path)
    try giveAway(path)
    try expect(.notPrivate)
  }

  @Test func `a file is refused where everybody can replace it`() throws {
    let place = try folder.write("open/file", "")
    try setMode(0o600, of: place)
    try setMode(0o777, of: folder.path("open"))
    #expect(throws: PlatformError.self) { try PrivateFile.create(place) }
    try setMode(0o1777, of: folder.path("open"))
    try PrivateFile.create(place)
  }

  @Test func `a file of our own is made and used`() throws {
    try PrivateFile.create(path)
    try PrivateFile.append([65], to: path, isFlushed: true)
    try PrivateFile.append([66], to: path)
    #expect(try PrivateFile.read(path, limit: 10) == [65, 66])
    #expect(try mode(of: path) == 0o600)
  }

  @Test func `a lock knows that its file was replaced`() throws {
    guard let lock = try FileLock(path: path) else { throw Missing() }
    var inPlace = [lock.isInPlace()]
    try FileManager.default.removeItem(atPath: path)
    inPlace.append(lock.isInPlace())
    guard let other = try FileLock(path: path) else { throw Missing() }
    inPlace += [lock.isInPlace(), other.isInPlace()]
    #expect(inPlace == [true, false, false, true])
  }

  private struct Missing: Error {}
}
