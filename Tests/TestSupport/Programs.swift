internal import FoundationEssentials
internal import Platform

/// The programs under test, and the environment in which tests run any program.
package enum Programs {
  /// A program that was built together with the running tests.
  package static func built(_ name: String) throws -> String {
    let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = runner.prefix(upTo: runner.lastIndex(of: "/") ?? runner.startIndex)
    let path = "\(folder)/\(name)"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw MissingProgram(name: name, path: path)
    }
    return path
  }

  /// The smallest environment in which programs run: nothing of the user's own.
  package static func environment(
    home: String,
    adding more: [String: String] = [:]
  )
    -> [String: String]
  {
    var variables = [
      "HOME": home, "LC_ALL": "C.UTF-8", "TZ": "UTC", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "\(home)/.gitconfig", "SWIFT_BACKTRACE": "enable=no",
    ]
    // The dynamic Swift runtime is found through the path that the toolchain set, if it set one.
    for name in ["PATH", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE", "TSAN_OPTIONS", "ASAN_OPTIONS"] {
      variables[name] = ProcessInfo.processInfo.environment[name]
    }
    return variables.merging(more) { _, new in new }
  }

  package struct MissingProgram: Error, CustomStringConvertible {
    package var name: String
    package var path: String
    package var description: String { "`\(name)` was not built at \(path)" }
  }
}
