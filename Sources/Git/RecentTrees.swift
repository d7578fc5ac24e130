/// Trees that were read a moment ago, up to some megabytes of them.
struct RecentTrees {
  private var trees: [ObjectID: RawTree] = [:]
  private var size = 0

  private static let largest = 8 << 20

  subscript(_ id: ObjectID) -> RawTree? { trees[id] }

  /// Adds a tree; when there are too many, all others go.
  mutating func add(_ tree: RawTree, _ id: ObjectID) {
    if size + tree.size > Self.largest { (trees, size) = ([:], 0) }
    guard tree.size <= Self.largest, trees.updateValue(tree, forKey: id) == nil else { return }
    size += tree.size
  }
}
