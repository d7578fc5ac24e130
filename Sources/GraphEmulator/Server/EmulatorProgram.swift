internal import FoundationEssentials
internal import HTTPServer
internal import Platform

/// The program `graph-emulator`.
package enum EmulatorProgram {
  private static let scenarioLimit = 1 << 30

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
    let options: EmulatorOptions
    do throws(EmulatorError) {
      options = try EmulatorOptions(arguments)
    } catch {
      complain("graph-emulator: error: \(error)")
      return 64
    }
    if options.wantsHelp {
      print(EmulatorOptions.help)
      return 0
    }
    // Asked for before anything is served, so that no request to end is missed.
    let interruptions = Signals.interruptions()
    Signals.ignoreBrokenPipes()
    DescriptorLimit.raise()
    do throws(EmulatorError) {
      let server = try await EmulatorServer.start(try configuration(options))
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
      return 1
    }
  }

  private static func configuration(
    _ options: EmulatorOptions
  ) throws(EmulatorError) -> EmulatorConfiguration {
    var configuration = EmulatorConfiguration()
    configuration.address = options.address
    configuration.port = options.port
    configuration.seed = options.seed
    configuration.requestsPath = options.requestsPath
    configuration.enforcesLimits = options.enforcesLimits
    configuration.lagSeconds = options.lagSeconds
    configuration.faults = options.faults
    if let size = options.size { configuration.source = .size(size) }
    if let path = options.scenarioPath {
      configuration.source = .scenario(try read(path, limit: scenarioLimit))
    }
    if let (certificate, key) = options.tls {
      configuration.certificate = (
        chain: String(decoding: try read(certificate, limit: 1 << 20), as: UTF8.self),
        key: String(decoding: try read(key, limit: 1 << 20), as: UTF8.self)
      )
    }
    return configuration
  }

  private static func read(_ path: String, limit: Int) throws(EmulatorError) -> [UInt8] {
    do throws(PlatformError) {
      return try PublicFile.read(path, limit: limit)
    } catch {
      throw .file(path: path, detail: "\(error)")
    }
  }

  /// A journal of this emulator's own, since what an earlier one was told is not true of this one.
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
