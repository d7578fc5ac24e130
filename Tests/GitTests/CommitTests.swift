import Git
import TestSupport
import Testing

@Suite struct CommitTests {
  @Test func `a commit says who, when, from what and why`() async throws {
    let scratch = try await Scratch()
    let git = scratch.git
    let first = try Scratch.id(try await git.commit("one"))
    try await git.git("checkout", "--quiet", "-b", "side")
    let side = try Scratch.id(try await git.commit("side"))
    try await git.git("checkout", "--quiet", "main")
    let moment = git.now
    try await git.git(
      "merge",
      "--quiet",
      "--no-ff",
      "-m",
      "Merge pull request #7\nfrom side\n\nBody.\n\nReviewed-by: Rita <r@contoso.example>\n"
        + "Guestlist-Accept: removals=3",
      "side"
    )
    let repository = try scratch.open()
    let commit = try repository.commit(repository.resolve("HEAD").commit)
    #expect(commit.parents == [first, side])
    #expect(commit.author.name == "Ada Author")
    #expect(commit.committer.email == "carl@contoso.example")
    #expect(commit.committer.seconds == moment)
    #expect(commit.subject == "Merge pull request #7 from side")
    #expect(
      commit.trailers == [
        CommitTrailer(key: "Reviewed-by", value: "Rita <r@contoso.example>"),
        CommitTrailer(key: "Guestlist-Accept", value: "removals=3"),
      ]
    )
    #expect(try repository.firstParents(from: commit.id) == [commit.id, first])
    #expect(try repository.firstParents(from: commit.id, until: first) == [commit.id])
  }

  @Test func `a commit with headers that git passes over is read`() async throws {
    let scratch = try await Scratch()
    let tree = try await scratch.id("mktree")
    let text = """
      tree \(tree)
      author <> <odd> -5 +9999999
      committer No Date <c@contoso.example>
      encoding ISO-8859-1
      mergetag object 0000000000000000000000000000000000000000
       tree is not a header here

      Gr
      """
    let id = try await scratch.store("commit", Array(text.utf8) + [0xFC, 0xDF, 0x65])
    let commit = try scratch.open().commit(id)
    #expect(commit.tree == tree)
    #expect(commit.author.email == "odd" && commit.author.seconds == -5)
    #expect(commit.committer.name == "No Date" && commit.committer.seconds == 0)
    #expect(commit.message == "Grüße")
  }

  @Test func `a commit without addresses, which git does not write, is refused`() async throws {
    let scratch = try await Scratch()
    let tree = try await scratch.id("mktree")
    let text = "tree \(tree)\nauthor Nobody 12\ncommitter a <b> 2 +0000\n\nx"
    let id = try await scratch.store("commit", Array(text.utf8))
    let repository = try scratch.open()
    #expect(kind { _ = try repository.commit(id) } == .corrupt(id))
  }

  @Test func `a parent out of place is not a parent, as in git`() async throws {
    let scratch = try await Scratch()
    let first = try Scratch.id(try await scratch.git.commit("one"))
    let tree = try await scratch.id("rev-parse", "HEAD^{tree}")
    let people = "author a <b> 1 +0000\ncommitter a <b> 2 +0000\n"
    for text in [
      "tree \(tree)\n\(people)parent \(first)\n\nx",
      "tree \(tree)\n\(people)encoding UTF-8\nparent \(first)\n\nx",
    ] {
      let id = try await scratch.store("commit", Array(text.utf8))
      #expect(try await scratch.git.git("rev-list", "--count", id.hex) == "1")
      let repository = try scratch.open()
      #expect(try repository.commit(id).parents.isEmpty)
      #expect(try repository.firstParents(from: id) == [id])
    }
  }

  @Test func `a message without line end, or none at all, is read`() async throws {
    let scratch = try await Scratch()
    let tree = try await scratch.id("mktree")
    let bare = "tree \(tree)\nauthor a <b> 1 +0100\ncommitter a <b> 2 -0130\n"
    let without = try await scratch.store("commit", Array(bare.utf8))
    let short = try await scratch.store("commit", Array("\(bare)\nx".utf8))
    let repository = try scratch.open()
    #expect(try repository.commit(without).message == "")
    #expect(try repository.commit(without).committer.offset == -90)
    #expect(try repository.commit(short).subject == "x")
  }

  @Test func `a signed commit is split as git splits it`() async throws {
    let scratch = try await Scratch()
    let tree = try await scratch.id("mktree")
    let head = "tree \(tree)\nauthor a <b> 1 +0000\ncommitter a <b> 2 +0000\n"
    let signature = "gpgsig -----BEGIN X-----\n \n abc\n -----END X-----\n"
    let other = "gpgsig-sha256 zzz\n yyy\n"
    let body = "\nsubject\n\n leading space\n"
    let signed = try await scratch.store("commit", Array((head + signature + other + body).utf8))
    let twice = try await scratch.store("commit", Array((head + signature + signature + body).utf8))
    let repository = try scratch.open()
    let split = try #require(try repository.signature(of: signed))
    #expect(
      String(decoding: split.signature, as: UTF8.self)
        == "-----BEGIN X-----\n\nabc\n-----END X-----\n"
    )
    #expect(String(decoding: split.payload, as: UTF8.self) == head + body)
    #expect(try repository.signature(of: twice) == nil)
    let unsigned = try await scratch.store("commit", Array((head + body).utf8))
    #expect(try repository.signature(of: unsigned) == nil)
  }

  @Test func `a shallow clone ends at its boundary`() async throws {
    let scratch = try await Scratch()
    var commits: [ObjectID] = []
    for number in 1...4 {
      commits.append(try Scratch.id(try await scratch.git.commit("\(number)")))
    }
    try await scratch.git.git(
      "clone",
      "--quiet",
      "--depth",
      "2",
      "file://\(scratch.folder.path("work"))",
      "../shallow"
    )
    let repository = try scratch.open("shallow")
    #expect(repository.boundary == [commits[2]])
    #expect(try repository.firstParents(from: commits[3]) == [commits[3], commits[2]])
    let oldest = try repository.commit(commits[2])
    #expect(oldest.isBoundary && oldest.parents.isEmpty)
    #expect(try scratch.open().boundary.isEmpty)
  }

  @Test func `replacements and grafts, which only one clone has, are not followed`() async throws {
    let scratch = try await Scratch()
    let first = try Scratch.id(try await scratch.git.commit("one"))
    let second = try Scratch.id(try await scratch.git.commit("two"))
    let third = try Scratch.id(try await scratch.git.commit("three"))
    try await scratch.git.git("replace", "--graft", third.hex, first.hex)
    try scratch.folder.write("work/.git/info/grafts", "\(third) \(first)\n")
    let repository = try scratch.open()
    #expect(try repository.commit(third).parents == [second])
    #expect(try repository.commit(third).message == "three\n")
  }
}
