internal import Platform

/// What a list shows: a directory object or another entity.
struct Item {
  /// Ascending along the list, and kept for good: what a page token remembers.
  let number: UInt64
  let type: GraphType
  let properties: [String: JSONValue]
  /// Nil for entities that are not directory objects.
  var object: ObjectID?
  /// Where the text of a directory object is kept.
  var row: Locked<DirectoryObject.WrittenRow?>?

  init(_ object: DirectoryObject, number: UInt64? = nil) {
    self.number = number ?? object.number
    type = object.kind.type
    properties = object.properties
    self.object = object.id
    row = object.row
  }

  init(_ type: GraphType, number: UInt64, _ properties: [String: JSONValue]) {
    self.number = number
    self.type = type
    self.properties = properties
  }

  var kind: ObjectKind? { object == nil ? nil : ObjectKind(rawValue: type.name) }
}

/// Where a list takes its items from, and how it shows them.
struct List {
  /// The type of the items, against which options are checked.
  let type: GraphType
  /// What `@odata.context` says after the `#`.
  let context: String
  /// Whether the items are directory objects, which know advanced queries; other lists take every
  /// option as it comes.
  var isDirectory = true
  /// FACTS section 2.2: 100 unless asked, 999 at most.
  var defaultTop = 100
  var maximumTop = 999
  /// A page size above this is silently brought down to it.
  var silentMaximum = Int.max
  /// Shown beside the type's own properties where nothing is selected.
  var alsoShown: [String] = []
  /// The kind whose index may answer a filter: set where the list shows all objects of a kind.
  var indexedKind: ObjectKind?
  /// Visits the items after a number, in order, until a visit returns false.
  let visit: (_ number: UInt64, _ visit: (Item) -> Bool) -> Void

  /// Whether it holds objects of several kinds, each of which says what it is.
  var isMixed: Bool { type.name == "directoryObject" }

  /// All objects of a kind that are there.
  static func all(_ kind: ObjectKind, in tenant: Tenant) -> List {
    List(type: kind.type, context: kind.traits.path, indexedKind: kind) { number, visit in
      for place in tenant.order[kind]?.after(number) ?? [] {
        if let object = tenant.live(place.id), !visit(Item(object)) { return }
      }
    }
  }

  /// The right sides of a relation, of all kinds or of one.
  static func related(
    _ relation: Relation,
    of id: ObjectID,
    as kind: ObjectKind? = nil,
    in tenant: Tenant
  ) -> List {
    objects(as: kind) { number, visit in
      for place in relation.rights(of: id, after: number) {
        guard let object = tenant.live(place.id), kind == nil || object.kind == kind else {
          continue
        }
        if !visit(Item(object, number: place.number)) { return }
      }
    }
  }

  /// Objects that were found already.
  static func found(
    _ ids: some Sequence<ObjectID>,
    as kind: ObjectKind? = nil,
    in tenant: Tenant
  ) -> List {
    let objects = ids.compactMap { tenant.live($0) }.filter { kind == nil || $0.kind == kind }
      .sorted { $0.number < $1.number }
    return Self.objects(as: kind) { number, visit in
      for object in objects where object.number > number && !visit(Item(object)) { return }
    }
  }

  private static func objects(
    as kind: ObjectKind?,
    _ visit: @escaping (UInt64, (Item) -> Bool) -> Void
  ) -> List {
    List(
      type: kind?.type ?? GraphTypes.directoryObject,
      context: kind?.traits.path ?? "directoryObjects",
      visit: visit
    )
  }

  /// The entities of a set, all or some.
  static func entities(
    _ name: EntitySet.Name,
    _ context: String,
    in tenant: Tenant,
    where accept: @escaping ([String: JSONValue]) -> Bool = { _ in true }
  ) -> List {
    List(type: name.type, context: context, isDirectory: false) { number, visit in
      for entity in (tenant.sets[name] ?? EntitySet()).after(number) where accept(entity.properties)
      {
        if !visit(Item(name.type, number: entity.number, entity.properties)) { return }
      }
    }
  }
}
