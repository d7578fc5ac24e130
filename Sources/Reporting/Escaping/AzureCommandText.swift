/// Text from outside in a logging command of Azure Pipelines.
enum AzureCommandText {
  /// Returns the text as the message of a command.
  static func message(_ text: String) -> String {
    var output = ""
    // A command inside the message would be one: the agent looks for `##vso[` anywhere in a line.
    for scalar in TerminalText.escape(text).unicodeScalars {
      if scalar == "%" { output += "%AZP25" } else { output.unicodeScalars.append(scalar) }
    }
    return output
  }

  /// Returns the text as the value of a command's property.
  static func property(_ text: String) -> String {
    var output = ""
    for scalar in TerminalText.escape(text).unicodeScalars {
      switch scalar {
      case "%": output += "%AZP25"
      case ";": output += "%3B"
      case "]": output += "%5D"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
