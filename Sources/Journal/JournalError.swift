/// Why the journal did not take or give what it was asked.
package struct JournalError: Error, Hashable, Sendable {
  package var kind: Kind
  /// What was attempted, in words (`opening the journal`).
  package var operation: String
  /// The store's own words, or ours where it has none.
  package var message: String

  package init(_ kind: Kind, operation: String, message: String) {
    self.kind = kind
    self.operation = operation
    self.message = message
  }

  package enum Kind: Hashable, Sendable {
    /// Another run works on the tenant; `nil` where it has not said yet who it is.
    case locked(by: LockHolder?)
    /// There is no journal, and the caller wanted to read one.
    case missing
    /// What is there is no journal any more, or its pages contradict each other.
    case damaged
    /// What is there belongs to another program.
    case foreign
    /// A later version of the program wrote it.
    case newer
    /// Another process held it for too long.
    case busy
    case readOnly
    /// The disk is full.
    case full
    /// It cannot be opened, or the disk failed.
    case unavailable
    /// It was closed, or was never opened.
    case closed
  }

  /// What to do about it, in a sentence; `nil` where the message says all.
  package var wayOut: String? {
    switch kind {
    case .locked: "wait until that run is over; a run that was killed holds nothing"
    case .missing: "name another journal with --journal, or let an apply make one"
    case .damaged:
      "move the file aside, or put a copy back, and run again: without a journal no ownership is "
        + "lost, and the plan names what waits until its state is accepted"
    case .foreign: "name another file with --journal"
    case .newer: "use the version of guestlist that wrote it, or a later one"
    case .busy: "run again"
    case .readOnly, .unavailable: "check who may write the file and its folder"
    case .full: "make room on the disk and run again; what was recorded stays"
    case .closed: nil
    }
  }
}

extension JournalError: CustomStringConvertible {
  package var description: String { "\(operation): \(message)" }
}
