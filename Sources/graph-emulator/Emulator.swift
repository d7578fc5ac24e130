internal import GraphEmulator

@main
struct Emulator {
  static func main() async { await EmulatorProgram.runProcess() }
}
