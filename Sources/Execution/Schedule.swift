internal import Access

/// The order in which the actions of a plan may be sent: wave after wave, each action after those
/// that it needs, and never two at once for one user or one group.
///
/// Each user and each group has a line in which its actions are in the order of the plan; an
/// action is ready when it is first in all of its lines. The first of the plan that is not over is
/// first in every line, so that something is always ready.
struct Schedule {
  private let actions: [Action]
  private let waves: [Wave: [Int]]
  private let dependents: [[Int]]
  private var isOver: [Bool]
  /// What each action of the present wave still waits for: places in lines, and other actions.
  private var obstacles: [Int]
  private var lines: [Key: Line] = [:]
  private var ready: [Int] = []
  private var nextReady = 0

  private enum Key: Hashable {
    case guest(EmailAddress)
    case account(UserID)
    case group(GroupID)
  }

  private struct Line {
    var members: [Int]
    var first = 0
  }

  /// Takes the actions of a plan; those in `settled` are over already.
  init(_ actions: [Action], settled: Set<Int>) {
    self.actions = actions
    isOver = actions.indices.map { settled.contains($0) }
    // Far from zero until the action's wave begins.
    obstacles = Array(repeating: Int.max / 2, count: actions.count)
    var dependents: [[Int]] = Array(repeating: [], count: actions.count)
    for (index, action) in actions.enumerated() {
      for prerequisite in Set(action.prerequisites) where actions.indices.contains(prerequisite) {
        dependents[prerequisite].append(index)
      }
    }
    self.dependents = dependents
    waves = Self.waves(of: actions)
  }

  /// The actions by wave; none comes in an earlier one than what it needs.
  private static func waves(of actions: [Action]) -> [Wave: [Int]] {
    var effective = actions.map(\.wave)
    for (index, action) in actions.enumerated() {
      for prerequisite in action.prerequisites where (0..<index).contains(prerequisite) {
        effective[index] = max(effective[index], effective[prerequisite])
      }
    }
    return Dictionary(grouping: actions.indices, by: { effective[$0] })
  }

  /// How many actions of a wave are not over yet.
  func count(in wave: Wave) -> Int { (waves[wave] ?? []).count { !isOver[$0] } }

  /// Begins a wave; every action of the waves before must be over.
  mutating func begin(_ wave: Wave) {
    lines = [:]
    ready = []
    nextReady = 0
    let members = (waves[wave] ?? []).filter { !isOver[$0] }
    for index in members {
      obstacles[index] = Set(actions[index].prerequisites)
        .count { actions.indices.contains($0) && !isOver[$0] }
      for key in Self.keys(of: actions[index]) {
        if lines[key] != nil { obstacles[index] += 1 }
        lines[key, default: Line(members: [])].members.append(index)
      }
    }
    ready = members.filter { obstacles[$0] == 0 }
  }

  /// Takes the next action that may be sent now; `nil` where none is ready.
  mutating func next() -> Int? {
    guard nextReady < ready.count else { return nil }
    defer { nextReady += 1 }
    return ready[nextReady]
  }

  /// Ends an action, however it went, which may make others ready.
  mutating func finish(_ index: Int) {
    guard !isOver[index] else { return }
    isOver[index] = true
    for dependent in dependents[index] where !isOver[dependent] { removeObstacle(from: dependent) }
    for key in Self.keys(of: actions[index]) {
      guard var line = lines[key] else { continue }
      line.first += 1
      lines[key] = line
      if line.first < line.members.count { removeObstacle(from: line.members[line.first]) }
    }
  }

  private mutating func removeObstacle(from index: Int) {
    obstacles[index] -= 1
    if obstacles[index] == 0 { ready.append(index) }
  }

  private static func keys(of action: Action) -> [Key] {
    var keys: [Key] = [.guest(action.guest)]
    if let account = action.account { keys.append(.account(account)) }
    if let group = action.group { keys.append(.group(group)) }
    return keys
  }
}
