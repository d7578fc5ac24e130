internal import Access

extension ObservedApp {
  /// The role that a declaration means by a value.
  ///
  /// It is `nil` where the app does not have it or does not give it to users. `default` is the default access of an app without roles for users
  /// (FACTS section 3).
  func assignableRole(_ value: RoleValue) -> AppRoleID? {
    if let role = roles.first(where: { $0.value == value && $0.isAssignable }) { return role.id }
    let hasRoles = roles.contains { $0.isAssignable && $0.id != .defaultAccess }
    return value == .defaultAccess && !hasRoles ? .defaultAccess : nil
  }

  /// The value of every role by its identifier, default access included.
  var valuesByRole: [AppRoleID: RoleValue] {
    var values: [AppRoleID: RoleValue] = [.defaultAccess: .defaultAccess]
    for role in roles { values[role.id] = role.value }
    return values
  }
}
