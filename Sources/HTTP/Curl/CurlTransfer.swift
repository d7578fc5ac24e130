internal import CCurl

/// One request on its way, owned by the loop's thread: libcurl's easy handle and what it delivers.
@safe
final class CurlTransfer {
  private let submission: CurlLoop.Submission
  private let handle: UnsafeMutableRawPointer
  private let errors: UnsafeMutablePointer<CChar>
  private var fields: UnsafeMutablePointer<curl_slist>?
  private var reply = HTTPResponse(status: 0)
  private var uploaded = 0
  private var isTooLarge = false
  private var hasWholeHead = false

  /// Why the request cannot be sent at all; `nil` where it can.
  private(set) var refusal: Refusal?

  struct Refusal {
    var kind: HTTPError.Kind
    var detail: String
  }

  /// Prepares a handle; `nil` without memory for one.
  init?(_ submission: CurlLoop.Submission, options: CurlTransport.Options) {
    guard let handle = unsafe curl_easy_init() else { return nil }
    self.submission = submission
    unsafe self.handle = handle
    unsafe errors = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errors.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setConnection(options)
    setLimits()
    setMessage()
    setSinks()
  }

  deinit {
    unsafe curl_easy_cleanup(handle)
    unsafe curl_slist_free_all(fields)
    unsafe errors.deinitialize(count: Int(CURL_ERROR_SIZE))
    unsafe errors.deallocate()
  }

  func withHandle(_ body: (UnsafeMutableRawPointer) -> Void) { unsafe body(handle) }

  /// Answers for a request whose task was cancelled.
  func cancel() { fail(.cancelled, "") }

  /// Answers with the reply, or with what the library's verdict means.
  func finish(_ code: CURLcode) {
    guard let kind = isTooLarge ? .tooLarge : HTTPError.Kind(code) else {
      // libcurl takes a head that ends in the middle for a whole reply without a body.
      guard hasWholeHead else { return fail(.interrupted, "the reply ends within its head") }
      reply.status = unsafe shim_curl_get_long(handle, CURLINFO_RESPONSE_CODE)
      return submission.reply.resume(returning: .success(reply))
    }
    if isTooLarge { return fail(kind, "the limit is \(submission.request.limits.body) bytes") }
    let text = unsafe String(cString: errors)
    fail(kind, text.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : text)
  }

  private func fail(_ kind: HTTPError.Kind, _ detail: String) {
    let delivery: HTTPError.Delivery =
      switch kind {
      // These end before a connection is made, and a body is never sent twice.
      case .couldNotResolve, .couldNotConnect, .tls, .invalidRequest, .exhausted: .notSent
      case .timedOut, .cancelled, .interrupted, .malformedReply, .tooLarge:
        unsafe shim_curl_get_long(handle, CURLINFO_REQUEST_SIZE) > 0 ? .perhapsSent : .notSent
      }
    let server = submission.request.url.origin
    let error = HTTPError(kind, delivery: delivery, server: server, detail: detail)
    submission.reply.resume(returning: .failure(error))
  }

  private func set(_ option: CURLoption, _ value: Int) {
    check(unsafe shim_curl_set_long(handle, option, value), option)
  }

  private func set(_ option: CURLoption, _ value: String) {
    check(unsafe shim_curl_set_string(handle, option, value), option)
  }

  /// Keeps the first option that libcurl did not take: without its authorities or its protocols, a
  /// request must not be sent.
  private func check(_ code: CURLcode, _ option: CURLoption) {
    guard code != CURLE_OK, refusal == nil else { return }
    let name = unsafe curl_easy_option_by_id(option).map { unsafe String(cString: $0.pointee.name) }
    let reason = unsafe String(cString: curl_easy_strerror(code))
    refusal = Refusal(
      kind: code == CURLE_OUT_OF_MEMORY ? .exhausted : .invalidRequest,
      detail: "libcurl refuses the option \(name ?? "\(option.rawValue)"): \(reason)"
    )
  }

  private func setConnection(_ options: CurlTransport.Options) {
    let request = submission.request
    check(unsafe shim_curl_set_errors(handle, errors), CURLOPT_ERRORBUFFER)
    check(unsafe shim_curl_set_number(handle, submission.id), CURLOPT_PRIVATE)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let authorities = options.authorities { set(CURLOPT_CAINFO, authorities) }
    if request.url.isLoopback || request.avoidsProxy { set(CURLOPT_NOPROXY, "*") }
    if request.url.scheme == .https {
      set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
      set(CURLOPT_PIPEWAIT, 1)
    }
    set(CURLOPT_USERAGENT, options.userAgent)
  }

  private func setLimits() {
    let limits = submission.request.limits
    set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect.milliseconds)
    set(CURLOPT_TIMEOUT_MS, limits.total.milliseconds)
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_LOW_SPEED_TIME, max(1, limits.idle.milliseconds / 1000))
    reply.body.reserveCapacity(4096)
  }

  private func setMessage() {
    let request = submission.request
    set(CURLOPT_URL, request.url.description)
    set(CURLOPT_PATH_AS_IS, 1)
    set(CURLOPT_ACCEPT_ENCODING, "")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    switch request.method {
    case .get: set(CURLOPT_HTTPGET, 1)
    case .head: set(CURLOPT_NOBODY, 1)
    case .post, .put, .patch, .delete:
      set(CURLOPT_POST, 1)
      set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
      let size = Int64(request.body.count)
      check(
        unsafe shim_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, size),
        CURLOPT_POSTFIELDSIZE_LARGE
      )
    }
    for field in request.headers.fields {
      guard field.isSendable else {
        refusal = Refusal(
          kind: .invalidRequest,
          detail: "the header field `\(field.name)` does not fit on a line"
        )
        return
      }
      add(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }
    // libcurl would otherwise ask before a larger body, and call every body a form.
    add("Expect:")
    if request.headers["content-type"] == nil { add("Content-Type:") }
    set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
    check(unsafe shim_curl_set_list(handle, CURLOPT_HTTPHEADER, fields), CURLOPT_HTTPHEADER)
  }

  private func add(_ line: String) {
    guard let longer = unsafe curl_slist_append(fields, line) else {
      return check(CURLE_OUT_OF_MEMORY, CURLOPT_HTTPHEADER)
    }
    unsafe fields = longer
  }

  private func setSinks() {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    let sink = unsafe shim_curl_set_body_sink(
      handle,
      { unsafe CurlTransfer.at($3)?.receiveBody($0, $1 * $2) ?? 0 },
      context
    )
    check(sink, CURLOPT_WRITEFUNCTION)
    let headerSink = unsafe shim_curl_set_header_sink(
      handle,
      { unsafe CurlTransfer.at($3)?.receiveHeader($0, $1 * $2) ?? 0 },
      context
    )
    check(headerSink, CURLOPT_HEADERFUNCTION)
    let source = unsafe shim_curl_set_body_source(
      handle,
      { unsafe CurlTransfer.at($3)?.provideBody($0, $1 * $2) ?? Int(CURL_READFUNC_ABORT) },
      context
    )
    check(source, CURLOPT_READFUNCTION)
  }

  /// The transfer that a callback is about; it outlives its handle.
  private static func at(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
  }

  private func receiveBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    guard reply.body.count + count <= submission.request.limits.body else {
      isTooLarge = true
      return 0
    }
    unsafe reply.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    return count
  }

  private func receiveHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    let line = unsafe String(decoding: buffer, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      reply.headers = HTTPHeaders()
      hasWholeHead = false
    } else if line == "\r\n" || line == "\n" {
      hasWholeHead = true
    } else if reply.body.isEmpty, let colon = line.firstIndex(of: ":") {
      let value = line[colon...].dropFirst().trimmingBlanks()
      reply.headers.append(String(line[..<colon]), String(value))
    }
    return count
  }

  private func provideBody(_ space: UnsafeMutablePointer<CChar>?, _ capacity: Int) -> Int {
    let body = submission.request.body
    let count = min(capacity, body.count - uploaded)
    guard count > 0, let space = unsafe space else { return 0 }
    let target = unsafe UnsafeMutableRawBufferPointer(start: space, count: count)
    unsafe body[uploaded..<uploaded + count].withUnsafeBytes { unsafe target.copyMemory(from: $0) }
    uploaded += count
    return count
  }
}

extension HTTPError.Kind {
  /// What a verdict of libcurl means; `nil` for success.
  fileprivate init?(_ code: CURLcode) {
    switch code {
    case CURLE_OK: return nil
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .couldNotResolve
    case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED: self = .couldNotConnect
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED:
      self = .tls
    case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT: self = .exhausted
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_FUNCTION_ARGUMENT:
      self = .invalidRequest
    case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
      self = .malformedReply
    // A connection that ended, a body that is too short, a stream that was reset: and whatever
    // else a later library may say, since this is the verdict that promises least.
    default: self = .interrupted
    }
  }
}

extension Duration {
  /// Whole milliseconds, at least one, at most a day.
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 86_400 else { return 86_400_000 }
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }
}

extension Substring {
  fileprivate func trimmingBlanks() -> Substring {
    let isBlank: (Character) -> Bool = {
      $0 == " " || $0 == "\t" || $0 == "\r\n" || $0 == "\n" || $0 == "\r"
    }
    let head = drop(while: isBlank)
    guard let last = head.lastIndex(where: { !isBlank($0) }) else {
      return head[..<head.startIndex]
    }
    return head[...last]
  }
}
