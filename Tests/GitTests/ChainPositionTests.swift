import Git
import TestSupport
import Testing

@Suite struct ChainPositionTests {
  @Test func `a commit is on the chain, beside it, or gone`() async throws {
    let scratch = try await Scratch()
    let git = scratch.git
    let root = try Scratch.id(try await git.commit("root"))
    try await git.git("checkout", "--quiet", "-b", "side")
    let side = try Scratch.id(try await git.commit("side"))
    try await git.git("checkout", "--quiet", "main")
    let applied = try Scratch.id(try await git.commit("applied"))
    try await git.git("checkout", "--quiet", "side")
    try await git.git("merge", "--quiet", "--no-ff", "-m", "the wrong way round", "main")
    let foxtrot = try Scratch.id(try await git.git("rev-parse", "HEAD"))
    let repository = try scratch.open()
    #expect(try repository.position(of: foxtrot, to: foxtrot) == .onChain)
    #expect(try repository.position(of: root, to: foxtrot) == .onChain)
    #expect(try repository.position(of: side, to: foxtrot) == .onChain)
    #expect(try repository.position(of: applied, to: foxtrot) == .aside)
    #expect(try repository.position(of: side, to: applied) == .absent)
    try await git.git(
      "clone",
      "--quiet",
      "--depth",
      "1",
      "file://\(scratch.folder.path("work"))",
      "../shallow"
    )
    #expect(try scratch.open("shallow").position(of: root, to: foxtrot) == .unknown)
  }
}
