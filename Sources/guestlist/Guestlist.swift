@main
struct Guestlist {
  static func main() async {}
}
