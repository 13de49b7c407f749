import Foundation

/// Sends messages; here to the terminal. A real one would talk to a mail provider with the credentials that only it
/// has.
actor Messenger {
    private let sender: String
    private var sent: Set<String> = []

    /// - Parameter environment: `SENDER` names the account to send from.
    init(environment: [String: String]) {
        sender = environment["SENDER"] ?? "hello@example.com"
    }

    /// Sends a message, unless one with this id was sent before.
    ///
    /// - Returns: whether it was sent now.
    /// - Throws: when the terminal is closed: the message did not go out, so the job fails and is retried.
    func send(_ message: Switchboard.Message, id: String) throws -> Bool {
        guard !sent.contains(id) else { return false }
        let line = "\(sender) -> \(message.to): \(message.text)\n"
        try FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
        sent.insert(id)
        return true
    }
}
