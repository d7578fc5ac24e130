internal import FoundationEssentials
internal import HTTPServer
internal import Platform

/// The program `graph-emulator`.
package enum EmulatorProgram {
  /// Runs the process from its arguments to its exit code.
  package static func runProcess() async -> Never {
    let code = await run(
      arguments: Array(CommandLine.arguments.dropFirst()),
      print: { try? Terminal.write(Array("\($0)\n".utf8), to: .output) },
      complain: { try? Terminal.write(Array("\($0)\n".utf8), to: .error) }
    )
    Signals.endProcess(with: code)
  }

  /// Runs until the process is asked to end; yields the exit code.
  ///
  /// `arguments` are without the program's name; `print` takes lines for the standard output,
  /// `complain` lines for the error stream.
  package static func run(
    arguments: [String],
    print: @Sendable (String) -> Void,
    complain: @Sendable (String) -> Void
  ) async -> Int32 {
    // Asked for before anything is served, so that no request to end is missed.
    let interruptions = Signals.interruptions()
    Signals.ignoreBrokenPipes()
    DescriptorLimit.raise()
    do throws(EmulatorError) {
      let options = try EmulatorOptions(arguments)
      if options.wantsHelp {
        print(EmulatorOptions.help)
        return 0
      }
      let server = try await EmulatorServer.start(options.configuration)
      if let path = options.environmentPath {
        try write(server.environment + [journal(beside: path)], to: path)
      }
      if !server.ignored.isEmpty {
        complain("graph-emulator: note: left out: \(server.ignored.joined(separator: ", "))")
      }
      print("listening on \(server.baseURL)")
      for await _ in interruptions { break }
      await server.stop()
      return 0
    } catch {
      complain("graph-emulator: error: \(error)")
      if case .usage = error { return 64 }
      return 1
    }
  }

  /// A new journal for each emulator: what happened in an earlier one is not true of this one.
  private static func journal(beside path: String) -> (name: String, value: String) {
    let base = path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    let tag = String(SystemTime.randomWord(), radix: 36).prefix(8)
    return ("GUESTLIST_JOURNAL", "\(base).\(tag).journal")
  }

  private static func write(
    _ variables: [(name: String, value: String)],
    to path: String
  ) throws(EmulatorError) {
    let text = variables.map { "\($0.name)=\(quoted($0.value))\n" }.joined()
    do throws(PlatformError) {
      try PrivateFile.write(Array(text.utf8), to: path)
    } catch {
      throw .file(path: path, detail: "\(error)")
    }
  }

  /// Quotes a value for a shell, where it has anything that a shell may take for its own.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "_-./:@%+,".utf8.contains(byte)
      }
    }
    return isPlain ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }
}
