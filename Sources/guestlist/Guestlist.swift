internal import Commands

@main
struct Guestlist {
  static func main() async { await Program.runProcess() }
}
