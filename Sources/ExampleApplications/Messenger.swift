import Foundation

/// Sends messages; here to the terminal. A real one would talk to a mail provider with the credentials that only it has.
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
    func send(_ message: Switchboard.Message, id: String) -> Bool {
        guard sent.insert(id).inserted else { return false }
        FileHandle.standardOutput.write(Data("\(sender) -> \(message.to): \(message.text)\n".utf8))
        return true
    }
}
