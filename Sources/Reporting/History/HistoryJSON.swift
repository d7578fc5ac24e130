internal import Access
internal import Evidence

/// A life as a JSON document of our own shape.
struct HistoryJSON {
  let report: HistoryReport

  var document: JSONValue {
    let glossary = Glossary(report.declared)
    let tenant = report.declared.tenant
    return [
      "schemaVersion": .integer(ReportOrigin.schemaVersion),
      "kind": "history",
      "tool": ["name": "guestlist", "version": .string(report.origin.version)],
      "runBy": .optional(report.origin.runner),
      "tenant": ["id": .string(tenant.id.description), "name": .string(tenant.name)],
      "subject": subject(glossary),
      "events": .array(report.events.map { value(of: $0, glossary) }),
    ]
  }

  private func subject(_ glossary: Glossary) -> JSONValue {
    switch report.subject {
    case .guest(let address): ["guest": .string(address.normalised)]
    case .app(let app):
      ["appId": .string(app.description), "name": .string(report.title(glossary))]
    }
  }

  private func value(of event: LifeEvent, _ glossary: Glossary) -> JSONValue {
    [
      "moment": .string(event.moment.description),
      "guest": .string(event.guest.normalised),
      "resource": event.resource.map { $0.json(glossary) } ?? .null,
      "event": value(of: event.telling),
    ]
  }

  private func value(of telling: LifeEvent.Telling) -> JSONValue {
    switch telling {
    case .declared(let source, let isAgain):
      ["kind": "declared", "isAgain": .bool(isAgain), "source": value(of: source)]
    case .undeclared(let source): ["kind": "undeclared", "source": value(of: source)]
    case .wrote(let writing): value(of: writing)
    case .lost(let run): ["kind": "lost", "run": .string(run.description)]
    case .regained(let run): ["kind": "regained", "run": .string(run.description)]
    }
  }

  private func value(of writing: LifeEvent.Writing) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("kind", "wrote"),
      .init("verb", .string(writing.verb.rawValue)),
      .init("part", .string(name(of: writing.part))),
      .init("outcome", .string(writing.outcome.name)),
      .init("run", .string(writing.run.description)),
      .init("clientRequestId", .string(writing.requestID.description)),
      .init("commit", .described(writing.commit)),
    ]
    if case .failed(let kind, let status, let code) = writing.outcome {
      members.append(
        .init(
          "error",
          [
            "kind": .string(kind.rawValue), "status": .optional(status), "code": .optional(code),
          ]
        )
      )
    }
    return .object(members)
  }

  private func name(of part: LifeEvent.Part) -> String {
    switch part {
    case .whole: "whole"
    case .sessions: "sessions"
    case .furtherAddress: "furtherAddress"
    }
  }

  private func value(of source: Origin) -> JSONValue {
    [
      "commit": .string(source.step.commit.hex),
      "inner": .described(source.inner),
      "author": .string(source.author.name),
      "committer": .string(source.step.committer.name),
      "pullRequest": .optional(source.step.pullRequest),
      "subject": .string(source.step.subject),
      "place": source.place.map { .place($0, origin: report.origin) } ?? .null,
      "claims": .array(
        source.claims.map { ["key": .string($0.key), "value": .string($0.value)] }
      ),
    ]
  }
}
