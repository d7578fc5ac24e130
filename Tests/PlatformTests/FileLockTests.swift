import FoundationEssentials
import Platform
import TestSupport
import Testing

@Suite struct FileLockTests {
  @Test func `a lock that is held is not given twice, and is free once released`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("lock")
    do {
      guard let first = try FileLock(path: path) else {
        Issue.record("a free lock was not given")
        return
      }
      try first.describeHolder("process 7")
      if try FileLock(path: path) != nil { Issue.record("a held lock was given again") }
      #expect(FileLock.holder(of: path) == "process 7")
    }
    if try FileLock(path: path) == nil { Issue.record("a released lock was not given") }
  }

  @Test func `a private file is replaced whole and readable by its owner only`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("secret")
    try PrivateFile.write(Array("one, long".utf8), to: path)
    try PrivateFile.write(Array("two".utf8), to: path)
    #expect(try folder.read("secret") == "two")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(throws: PlatformError.self) { _ = try PrivateFile.read(path, limit: 2) }
  }
}
