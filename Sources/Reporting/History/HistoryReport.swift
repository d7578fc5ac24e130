package import Access
package import Evidence

/// The life of a guest or of an app, from git and from the journal.
package struct HistoryReport: Hashable, Sendable {
  package var subject: Subject
  /// Ordered by moment.
  package var events: [LifeEvent]
  package var declared: DesiredState
  package var origin: ReportOrigin

  package init(
    subject: Subject,
    events: [LifeEvent],
    declared: DesiredState,
    origin: ReportOrigin
  ) {
    self.subject = subject
    self.events = events
    self.declared = declared
    self.origin = origin
  }

  /// Whose life it is.
  package enum Subject: Hashable, Sendable {
    case guest(EmailAddress)
    case app(AppID)
  }

  /// Returns the report in a format; colour means something to `text` alone.
  package func rendered(as format: HistoryFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: HistoryText(report: self, style: style).text
    case .json: HistoryJSON(report: self).document.text
    }
  }

  func title(_ glossary: Glossary) -> String {
    switch subject {
    case .guest(let address): address.normalised
    case .app(let app): glossary.name(of: app)
    }
  }
}
