/// Text from outside in a workflow command of GitHub Actions.
enum GitHubCommandText {
  /// Returns the text as the message of a command.
  static func message(_ text: String) -> String {
    var output = ""
    for scalar in TerminalText.escape(text).unicodeScalars {
      if scalar == "%" { output += "%25" } else { output.unicodeScalars.append(scalar) }
    }
    return output
  }

  /// Returns the text as the value of a command's property.
  static func property(_ text: String) -> String {
    var output = ""
    for scalar in TerminalText.escape(text).unicodeScalars {
      switch scalar {
      case "%": output += "%25"
      case ":": output += "%3A"
      case ",": output += "%2C"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
