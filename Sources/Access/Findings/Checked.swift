/// A value together with everything that was found while it was made.
package struct Checked<Value> {
  package var value: Value
  /// Ordered by place, then by code.
  package var findings: [Finding]

  /// True where a fault was found.
  package var isStopped: Bool { findings.contains { $0.severity == .error } }

  package init(_ value: Value, findings: [Finding] = []) {
    self.value = value
    self.findings = findings
  }
}

extension Checked: Sendable where Value: Sendable {}
