internal import FoundationEssentials
internal import TestSupport

extension Benchmark {
  /// `guestlist diff` of a change of ten lines over a hundred thousand guests in a thousand files, with
  /// the outline of its last run, beside `git diff` of the same range and `guestlist --version`.
  static let diff = Benchmark(name: "diff") {
    let world = try await ManyGuests(guests: 100_000, files: 1000)
    let folder = try TemporaryFolder()
    let workplace = try await Workplace(repository: world.path, in: folder)
    let git = try await GitFixture(at: world.path, home: folder.path("home"))
    let file = "desired-state/partners/p7/f507.yaml"
    let text = try String(contentsOfFile: "\(world.path)/\(file)", encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    // Five lines go and five come.
    let changed = lines.map { number, line in
      number < 50 ? line.replacing("expires: 2027-03-31", with: "expires: 2027-04-30") : line[...]
    }
    try await git.commit("Five stays", files: [file: changed.joined(separator: "\n")])
    let (diff, yardstick) = try await Timing.pairs(
      25,
      { try await workplace.guestlist("diff", "HEAD~1..HEAD") },
      {
        try await git.git("diff", "HEAD~1..HEAD")
        try await workplace.guestlist("--version")
      }
    )
    return [
      .ratio(
        "diff of ten lines over 100,000 guests",
        figure: diff,
        to: yardstick,
        of: "git diff and guestlist --version",
        atMost: 3
      )
    ]
  }
}
