internal import Declarations
internal import Git
internal import Platform

/// `guestlist fmt`: the files of the work tree in the standard layout.
enum FmtCommand {
  static let description = CommandDescription(
    name: "fmt",
    summary: "Rewrite declarations in the standard layout",
    discussion: """
      Rewrites the files of the work tree that are not in the standard layout:
      block style, keys in the order of `guestlist help keys`, people by address,
      comments where they were. What a file says stays the same. What has a comment
      above it keeps its place. Where the folder, or the top of the work tree, has a
      `guestlist.schema.json` (`guestlist schema`), each file begins with a comment by
      which editors find it. Prints the files; with --check it writes nothing and
      exits 1 if there are any.
      """,
    options: CommonOptions.repository + [Option("check", "write nothing")],
    examples: [
      .init("guestlist fmt", "before committing"),
      .init("guestlist fmt --check", "in a pull request"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let input = try RepositoryInput(arguments)
    let (contents, root) = try await WorkTree.read(input)
    let schema = schema(root, input)
    var outcomes = Outcomes()
    for file in contents.files {
      let path = input.folderName.isEmpty ? file.path : "\(input.folderName)/\(file.path)"
      let up = String(repeating: "../", count: file.path.count { $0 == "/" })
      let address = schema.map { up + $0 }
      guard let formatted = DeclarationFormatter.format(file.bytes, schema: address) else {
        context.console.failure(
          "`\(path)` is left as it is: it is not valid",
          hints: ["`guestlist validate --worktree` says why"]
        )
        outcomes.insert(.error)
        continue
      }
      guard formatted != file.bytes else { continue }
      context.console.result("\(path)\n")
      if arguments.has("check") {
        outcomes.insert(.error)
        continue
      }
      do { try PublicFile.write(formatted, to: "\(root)/\(file.path)") } catch {
        throw .file(error)
      }
    }
    return outcomes
  }

  /// Where the schema is, from the folder of the declarations; `nil` where there is none.
  private static func schema(_ root: String, _ input: RepositoryInput) -> String? {
    let up = input.folder.components.map { _ in "../" }.joined()
    return ["guestlist.schema.json", "\(up)guestlist.schema.json"].first {
      (try? PublicFile.read("\(root)/\($0)", limit: 1 << 24)) != nil
    }
  }
}
