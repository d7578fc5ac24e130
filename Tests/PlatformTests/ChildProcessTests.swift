import Glibc
import Platform
import TestSupport
import Testing

@Suite struct ChildProcessTests {
  private let environment = Programs.environment(home: "/nonexistent")

  @Test func `a child reads its input and its output and errors are kept apart`() async throws {
    let child = ChildProcess(
      "sh",
      ["-c", "cat; echo wrong >&2; exit 3"],
      environment: environment,
      input: Array("hello".utf8)
    )
    let done = try await child.run(timeout: .seconds(60))
    #expect(done.status == .exited(3))
    #expect(String(decoding: done.output, as: UTF8.self) == "hello")
    #expect(String(decoding: done.errors, as: UTF8.self) == "wrong\n")
  }

  @Test func `input larger than a pipe reaches a child that answers before it has read all`()
    async throws
  {
    let input = [UInt8](repeating: 7, count: 3 << 20)
    let child = ChildProcess("cat", environment: environment, input: input)
    let done = try await child.run(timeout: .seconds(60))
    #expect(done.output == input)
  }

  @Test func `a child inherits nothing but its three streams`() async throws {
    // A copy loses the mark that closes a descriptor in another program.
    let copy = dup(0)
    #expect(copy > 2)
    defer { close(copy) }
    let child = ChildProcess("sh", ["-c", "test -e /proc/$$/fd/\(copy)"], environment: environment)
    #expect(try await child.run(timeout: .seconds(60)).status == .exited(1))
  }

  @Test func `a child that takes too long is killed with what it started`() async throws {
    let child = ChildProcess("sh", ["-c", "sleep 600 & sleep 600"], environment: environment)
    await #expect(throws: PlatformError.self) {
      _ = try await child.run(timeout: .milliseconds(100))
    }
  }

  @Test func `a program that does not exist is named`() async throws {
    let child = ChildProcess("guestlist-no-such-program", environment: environment)
    let error = await #expect(throws: PlatformError.self) { _ = try await child.run() }
    #expect(error?.kind == .notFound)
    #expect(error?.operation == "starting `guestlist-no-such-program`")
  }

  @Test func `a child that says too much is killed`() async throws {
    let child = ChildProcess("yes", environment: environment)
    let error = await #expect(throws: PlatformError.self) {
      _ = try await child.run(timeout: .seconds(60), outputLimit: 100_000)
    }
    #expect(error?.kind == .tooMuchOutput)
  }

  @Test func `a child sees only the environment and folder that it was given`() async throws {
    let folder = try TemporaryFolder()
    let child = ChildProcess(
      "/bin/sh",
      ["-c", "pwd; echo $ONLY"],
      environment: ["ONLY": "this"],
      folder: folder.path
    )
    let done = try await child.run(timeout: .seconds(60))
    #expect(String(decoding: done.output, as: UTF8.self) == "\(folder.path)\nthis\n")
  }

  @Test(.timeLimit(.minutes(10)))
  func `a child that ended by itself is over, though it is cancelled then`() async throws {
    let folder = try TemporaryFolder()
    let begun = try await folder.makePipe("begun")
    let end = try await folder.makePipe("end")
    // What the child leaves behind, in a group of its own, keeps the output open: it says when the
    // child is over, and then waits for the test.
    let rest = """
      while [ -d /proc/$0 ] && ! grep -q ^State:.Z /proc/$0/status; do :; done
      : > "$1"; cat "$2"
      """
    let child = ChildProcess(
      "sh",
      ["-c", "setsid sh -c \"$0\" $$ \"$1\" \"$2\" & exit 3", rest, begun, end],
      environment: environment
    )
    let task = Task { try await child.run() }
    _ = try await ChildProcess("cat", [begun], environment: environment).run()
    task.cancel()
    await onThread { try? PublicFile.write([], to: end) }
    #expect(try await task.value.status == .exited(3))
  }
}
