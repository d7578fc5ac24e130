/// A document that is not JSON, or nested too deeply.
package struct JSONFault: Error, Equatable {
  /// The byte at which reading ended.
  package let offset: Int
}
