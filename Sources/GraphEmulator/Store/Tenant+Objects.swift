extension Tenant {
  /// Finds an object that is there and not soft-deleted.
  func live(_ id: ObjectID) -> Handle? {
    guard let handle = handles[id], !lag.isHidden(handle), isLive(handle) else { return nil }
    return handle
  }

  func live(_ id: ObjectID, _ kind: ObjectKind) -> Handle? {
    live(id).flatMap { self.kind(of: $0) == kind ? $0 : nil }
  }

  func kind(of handle: Handle) -> ObjectKind? { objects[Int(handle)]?.kind }

  /// The object as reads see it.
  func seen(_ handle: Handle) -> DirectoryObject? { lag.former(handle) ?? objects[Int(handle)] }

  func object(_ handle: Handle) -> DirectoryObject? { objects[Int(handle)] }

  func isLive(_ handle: Handle) -> Bool {
    seen(handle).map { $0.deletedAt == nil } ?? false
  }

  /// Puts an object in; its identifier becomes its `id` property.
  @discardableResult
  func insert(_ kind: ObjectKind, id: ObjectID, _ values: [Int: [UInt8]]) -> Handle {
    var values = values
    if let number = kind.type.number(of: "id") {
      values[number] = [0x22] + id.utf8 + [0x22]
    }
    let handle = Handle(truncatingIfNeeded: objects.count)
    let record = Record(values: values, kind.type)
    objects.append(DirectoryObject(id: id, kind: kind, record: record))
    handles[id] = handle
    lists[Int(kind.rawValue)].append(handle)
    for key in indexKeys(kind, record) { index.insert(handle, at: key) }
    lag.created(handle, now)
    log(handle, .created)
    return handle
  }

  /// Replaces properties of an object; nil removes one.
  func update(_ handle: Handle, _ changes: [Int: [UInt8]?]) {
    guard let object = objects[Int(handle)], !changes.isEmpty else { return }
    lag.willChange(handle, object, now)
    let before = indexKeys(object.kind, object.record)
    let record = object.record.setting(changes, object.kind.type)
    let after = indexKeys(object.kind, record)
    for key in before.subtracting(after) { index.remove(handle, at: key) }
    for key in after.subtracting(before) { index.insert(handle, at: key) }
    objects[Int(handle)]?.record = record
    log(handle, .updated, PropertyMask(changes.keys))
  }

  func update(_ handle: Handle, _ changes: [(String, JSONValue)]) {
    guard let type = kind(of: handle)?.type else { return }
    var values: [Int: [UInt8]?] = [:]
    for (name, value) in changes {
      if let number = type.number(of: name) {
        values[number] = value.isNull ? .some(nil) : .some(value.bytes)
      }
    }
    update(handle, values)
  }

  /// Notes a change for delta queries.
  func log(
    _ handle: Handle,
    _ event: ChangeLog.Event,
    _ properties: PropertyMask = PropertyMask()
  ) {
    version += 1
    guard logsChanges, let object = objects[Int(handle)] else { return }
    changeLog.append(
      .init(
        version: version,
        at: now,
        handle: handle,
        id: object.id,
        kind: object.kind,
        event: event,
        properties: properties
      )
    )
  }

  /// Takes an object out of the index, before it goes for good.
  func unindex(_ handle: Handle) {
    guard let object = objects[Int(handle)] else { return }
    for key in indexKeys(object.kind, object.record) { index.remove(handle, at: key) }
  }

  /// Reads a property as JSON.
  func value(_ handle: Handle, _ name: String) -> JSONValue? {
    guard let object = objects[Int(handle)], let number = object.kind.type.number(of: name),
      let json = object.record[number]
    else { return nil }
    return try? JSONParser.parse(Array(json))
  }

  func text(_ handle: Handle, _ name: String) -> String? { value(handle, name)?.string }

  func texts(_ handle: Handle, _ name: String) -> [String] {
    value(handle, name)?.array?.compactMap(\.string) ?? []
  }

  /// The objects of a kind whose property has this text, by the index.
  func find(_ kind: ObjectKind, _ property: String, _ text: String) -> [Handle] {
    guard let number = kind.type.number(of: property) else { return [] }
    return index[HandleIndex.key(number, kind, text)]
  }

  /// The properties by which objects are looked up, apart from the identifier.
  static let indexed: [ObjectKind: [String]] = [
    .user: ["mail", "userPrincipalName", "otherMails", "proxyAddresses", "identities"],
    .group: ["displayName", "mail", "proxyAddresses", "mailNickname", "uniqueName"],
    .servicePrincipal: ["appId", "displayName", "servicePrincipalNames"],
    .application: ["appId", "displayName"],
    .contact: ["mail", "proxyAddresses", "displayName"],
    .directoryRole: ["displayName", "roleTemplateId"],
  ]

  private func indexKeys(_ kind: ObjectKind, _ record: Record) -> Set<UInt64> {
    var keys: Set<UInt64> = []
    for name in Self.indexed[kind] ?? [] {
      guard let number = kind.type.number(of: name), let json = record[number],
        let value = try? JSONParser.parse(Array(json))
      else { continue }
      let texts: [String?]
      switch value {
      case .string(let text): texts = [text]
      case .array(let elements):
        texts = elements.map { $0.string ?? $0["issuerAssignedId"]?.string }
      default: texts = []
      }
      for text in texts.compactMap({ $0 }) { keys.insert(HandleIndex.key(number, kind, text)) }
    }
    return keys
  }
}
