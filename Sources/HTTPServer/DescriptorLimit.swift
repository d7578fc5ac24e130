internal import CMicroHTTPD

/// The number of files and connections that this process may have open.
package enum DescriptorLimit {
  /// Raises it as far as the system lets the process do so by itself.
  package static func raise() { shim_raise_descriptor_limit() }
}
