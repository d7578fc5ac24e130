internal import Reporting

/// `guestlist schema`: what declarations may say, for editors.
enum SchemaCommand {
  static let description = CommandDescription(
    name: "schema",
    summary: "Print the JSON Schema of declarations, for editors",
    discussion: """
      Prints a JSON Schema (2020-12) of the files that hold declarations. An editor
      with a YAML language server completes and checks keys by it, if the file begins
      with a comment that says where it is:
        # yaml-language-server: $schema=../guestlist.schema.json
      """,
    options: [],
    examples: [
      .init("guestlist schema > guestlist.schema.json", "for an editor"),
      .init("guestlist schema | jq .properties.guests", "one section of a file"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    context.console.result(DeclarationSchema.document.text)
    return Outcomes()
  }
}
