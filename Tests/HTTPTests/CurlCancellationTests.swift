internal import HTTP
internal import Platform
internal import TestSupport
internal import Testing

/// What the end of a task does to its request.
struct CurlCancellationTests {
  @Test func `cancelling a task ends its request at once`() async throws {
    let (arrived, signal) = AsyncStream.makeStream(of: Void.self)
    let server = try RawServer { _, _ in
      signal.yield()
      return .silence
    }
    let request = HTTPRequest(.get, try #require(HTTPURL(server.url)))
    let transport = CurlTransport()
    let kind = await withTaskGroup(of: HTTPError?.self) { group in
      group.addTask {
        do throws(HTTPError) {
          _ = try await transport.send(request)
          return nil
        } catch {
          return error
        }
      }
      for await _ in arrived { break }
      group.cancelAll()
      return await group.next() ?? nil
    }
    #expect(kind?.kind == .cancelled)
    #expect(kind?.delivery == .perhapsSent)
  }

  @Test func `a request of a task that is cancelled already is not sent`() async throws {
    let server = try RawServer { _, _ in .reply(RawServer.message("200 OK", "")) }
    let request = HTTPRequest(.get, try #require(HTTPURL(server.url)))
    let transport = CurlTransport()
    let error = await withTaskGroup(of: HTTPError?.self) { group in
      group.cancelAll()
      group.addTask {
        do throws(HTTPError) {
          _ = try await transport.send(request)
          return nil
        } catch {
          return error
        }
      }
      return await group.next() ?? nil
    }
    #expect(error?.kind == .cancelled)
    #expect(error?.delivery == .notSent)
    #expect(server.requests.isEmpty)
  }

  @Test func `a request that survives cancellation learns its outcome`() async throws {
    let (arrived, signal) = AsyncStream.makeStream(of: Void.self)
    let gate = Locked(false)
    let server = try RawServer { _, _ in
      signal.yield()
      while !gate.withLock({ $0 }) {}
      return .reply(RawServer.message("200 OK", "done"))
    }
    let target = try #require(HTTPURL(server.url))
    let request = HTTPRequest(.post, target, body: [1], survivesCancellation: true)
    let transport = CurlTransport()
    let body = await withTaskGroup(of: [UInt8]?.self) { group in
      group.addTask { try? await transport.send(request).body }
      for await _ in arrived { break }
      group.cancelAll()
      gate.withLock { $0 = true }
      return await group.next() ?? nil
    }
    #expect(body.map { String(decoding: $0, as: UTF8.self) } == "done")
  }

  @Test func `a transport that is let go ends its thread and can be made again`() async throws {
    let server = try RawServer { _, _ in .reply(RawServer.message("200 OK", "")) }
    let target = try #require(HTTPURL(server.url))
    for _ in 0..<50 {
      #expect(try await CurlTransport().send(HTTPRequest(.get, target)).status == 200)
    }
  }
}
