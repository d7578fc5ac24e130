internal import CMicroHTTPD

extension Responder {
  /// Hands a reply to libmicrohttpd, or ends the connection where the reply says so.
  func queue(_ response: ServerResponse, on connection: OpaquePointer) -> MHD_Result {
    switch response.delivery {
    case .dropped:
      return .NO
    case .reset:
      unsafe shim_MHD_reset(connection)
      return .NO
    case .whole:
      // libmicrohttpd declares the buffer mutable and copies it unchanged.
      let made = unsafe response.body.withUnsafeBytes { bytes in
        unsafe MHD_create_response_from_buffer(
          bytes.count,
          UnsafeMutableRawPointer(mutating: bytes.baseAddress),
          .RESPMEM_MUST_COPY
        )
      }
      return unsafe send(made, response, connection)
    case .truncated(let count):
      let part = unsafe Unmanaged.passRetained(Part(response.body, limit: count)).toOpaque()
      let made = unsafe MHD_create_response_from_callback(
        UInt64(response.body.count),
        16 * 1024,
        { context, offset, buffer, size in
          guard let context = unsafe context, let buffer = unsafe buffer else { return -2 }
          let part = unsafe Unmanaged<Part>.fromOpaque(context).takeUnretainedValue()
          return unsafe part.read(at: offset, into: .init(start: buffer, count: size))
        },
        part,
        { context in
          guard let context = unsafe context else { return }
          unsafe Unmanaged<Part>.fromOpaque(context).release()
        }
      )
      return unsafe send(made, response, connection)
    }
  }

  private func send(
    _ made: OpaquePointer?,
    _ response: ServerResponse,
    _ connection: OpaquePointer
  ) -> MHD_Result {
    guard let made = unsafe made else { return .NO }
    defer { unsafe MHD_destroy_response(made) }
    for header in response.headers {
      _ = unsafe MHD_add_response_header(made, header.name, header.value)
    }
    return unsafe MHD_queue_response(connection, UInt32(clamping: response.status), made)
  }
}

/// The first bytes of a body that the header announces as longer.
private final class Part {
  private let bytes: ArraySlice<UInt8>

  init(_ body: [UInt8], limit: Int) { bytes = body.prefix(max(0, limit)) }

  /// Copies what is at the offset, or ends the transfer as failed (-2 in libmicrohttpd's terms).
  func read(at offset: UInt64, into buffer: UnsafeMutableBufferPointer<CChar>) -> Int {
    guard offset < UInt64(bytes.count) else { return -2 }
    let rest = bytes.dropFirst(Int(offset)).prefix(buffer.count)
    for (index, byte) in rest.enumerated() { unsafe buffer[index] = CChar(bitPattern: byte) }
    return rest.count
  }
}
