internal import CCurl
internal import Platform

/// The loop that one thread runs over libcurl's multi handle, and the mailbox by which others reach
/// it.
@safe
final class CurlLoop: @unchecked Sendable {
  // Sendable: the multi handle is used by the loop's thread alone, but for `curl_multi_wakeup`,
  // which any thread may call; everything else is behind the mailbox's lock.
  private let multi: UnsafeMutableRawPointer?
  private let options: CurlTransport.Options
  private let mailbox = Locked(Mailbox())

  struct Submission: Sendable {
    var id: UInt64
    var request: HTTPRequest
    var reply: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>

    func fail(_ kind: HTTPError.Kind, _ detail: String = "") {
      let server = request.url.origin
      reply.resume(
        returning: .failure(HTTPError(kind, delivery: .notSent, server: server, detail: detail))
      )
    }
  }

  private struct Mailbox {
    var lastID: UInt64 = 0
    /// Every request that is not done, from before it is submitted.
    var open: [UInt64: Stage] = [:]
    var submissions: [Submission] = []
    var cancellations: [UInt64] = []
    var hasThread = false
    var isStopping = false
  }

  private enum Stage { case registered, cancelledEarly, submitted }

  private static let library: Bool = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

  init(options: CurlTransport.Options) {
    self.options = options
    unsafe multi = Self.library ? Self.makeHandle(options) : nil
  }

  /// A multi handle with its options; `nil` where libcurl does not take them.
  private static func makeHandle(_ options: CurlTransport.Options) -> UnsafeMutableRawPointer? {
    guard let multi = unsafe curl_multi_init() else { return nil }
    let settings = [
      (CURLMOPT_MAX_HOST_CONNECTIONS, options.connectionsPerHost),
      (CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX)),
    ]
    for (option, value) in settings {
      guard unsafe shim_curl_multi_set_long(multi, option, value) == CURLM_OK else {
        _ = unsafe curl_multi_cleanup(multi)
        return nil
      }
    }
    return unsafe multi
  }

  deinit {
    if let multi = unsafe multi { _ = unsafe curl_multi_cleanup(multi) }
  }

  /// Draws the number of a request that is about to be submitted, by which it can be cancelled.
  func register() -> UInt64 {
    mailbox.withLock { mailbox in
      mailbox.lastID += 1
      mailbox.open[mailbox.lastID] = .registered
      return mailbox.lastID
    }
  }

  func submit(_ submission: Submission) {
    guard unsafe multi != nil else { return submission.fail(.exhausted) }
    let decision: Decision = mailbox.withLock { mailbox in
      guard mailbox.open[submission.id] == .registered else {
        mailbox.open[submission.id] = nil
        return .refuse
      }
      mailbox.open[submission.id] = .submitted
      mailbox.submissions.append(submission)
      defer { mailbox.hasThread = true }
      return mailbox.hasThread ? .wake : .startThread
    }
    switch decision {
    case .refuse: submission.fail(.cancelled)
    case .wake: wake()
    case .startThread: startThread()
    }
  }

  private enum Decision { case refuse, wake, startThread }

  /// Ends a request at once; one that is done already is left alone.
  func cancel(_ id: UInt64) {
    let mustWake = mailbox.withLock { mailbox in
      switch mailbox.open[id] {
      case .registered: mailbox.open[id] = .cancelledEarly
      case .submitted: mailbox.cancellations.append(id)
      case .cancelledEarly, nil: break
      }
      return mailbox.open[id] == .submitted
    }
    if mustWake { wake() }
  }

  func stop() {
    mailbox.withLock { $0.isStopping = true }
    wake()
  }

  private func wake() { _ = unsafe curl_multi_wakeup(multi) }

  private func startThread() {
    do throws(PlatformError) {
      try DedicatedThread.start("http") { self.run() }
    } catch {
      let waiting = mailbox.withLock { mailbox in
        let waiting = mailbox.submissions
        mailbox.submissions = []
        mailbox.hasThread = false
        for submission in waiting { mailbox.open[submission.id] = nil }
        return waiting
      }
      for submission in waiting { submission.fail(.exhausted, error.detail) }
    }
  }

  /// Drives all transfers until the transport is gone; libcurl's own timers bound the wait.
  private func run() {
    var transfers: [UInt64: CurlTransfer] = [:]
    var isStopping = false
    while !isStopping {
      let mail = mailbox.withLock { mailbox in
        let mail = (mailbox.submissions, mailbox.cancellations, mailbox.isStopping)
        mailbox.submissions = []
        mailbox.cancellations = []
        return mail
      }
      for submission in mail.0 { start(submission, in: &transfers) }
      for id in mail.1 { end(id, in: &transfers) { $0.cancel() } }
      isStopping = mail.2
      var running: Int32 = 0
      _ = unsafe curl_multi_perform(multi, &running)
      finishDone(&transfers)
      if !isStopping { _ = unsafe curl_multi_poll(multi, nil, 0, 60_000, nil) }
    }
    for id in Array(transfers.keys) { end(id, in: &transfers) { $0.cancel() } }
  }

  private func start(_ submission: Submission, in transfers: inout [UInt64: CurlTransfer]) {
    guard let transfer = CurlTransfer(submission, options: options) else {
      close(submission.id)
      return submission.fail(.exhausted)
    }
    if let refusal = transfer.refusal {
      close(submission.id)
      return submission.fail(refusal.kind, refusal.detail)
    }
    var code = CURLM_OK
    unsafe transfer.withHandle { code = unsafe curl_multi_add_handle(multi, $0) }
    guard code == CURLM_OK else {
      close(submission.id)
      return submission.fail(.exhausted, unsafe String(cString: curl_multi_strerror(code)))
    }
    transfers[submission.id] = transfer
  }

  private func finishDone(_ transfers: inout [UInt64: CurlTransfer]) {
    var code = CURLE_OK
    while case let id = unsafe shim_curl_next_done(multi, &code), id != 0 {
      let result = code
      end(id, in: &transfers) { $0.finish(result) }
    }
  }

  private func end(
    _ id: UInt64,
    in transfers: inout [UInt64: CurlTransfer],
    _ body: (CurlTransfer) -> Void
  ) {
    guard let transfer = transfers.removeValue(forKey: id) else { return }
    unsafe transfer.withHandle { _ = unsafe curl_multi_remove_handle(multi, $0) }
    close(id)
    body(transfer)
  }

  private func close(_ id: UInt64) { mailbox.withLock { $0.open[id] = nil } }
}
