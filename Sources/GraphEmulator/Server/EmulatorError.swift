/// Why an emulator did not start.
package enum EmulatorError: Error {
  case scenario(ScenarioFault)
  case listening(address: String, port: UInt16)
  case file(path: String, detail: String)
  case usage(String)
}

extension EmulatorError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .scenario(let fault): "the scenario cannot be loaded: \(fault)"
    case .listening(let address, let port): "cannot listen on \(address), port \(port)"
    case .file(let path, let detail): "`\(path)`: \(detail)"
    case .usage(let text): text
    }
  }
}
