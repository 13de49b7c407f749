/// An error reply of Redis, classified by its first word.
public struct RedisErrorReply: Error, Sendable, Equatable {
    public enum Kind: Sendable, CaseIterable {
        case readOnly, loading, outOfMemory, noScript, noAuth, wrongPassword, noPermission, busy, misconfigured
        case unblocked, wrongType, execAbort, masterDown, noReplicas, tryAgain, clusterDown, moved, crossSlot
        case maxClients, unknownCommand, scriptFailed, other
    }

    /// What to do about it.
    public enum Remedy: Sendable {
        /// The connection leads to the wrong place or is refused: make a new one, then try again.
        case reconnect
        /// Nothing was executed: try again, after loading a script if the kind is `noScript`.
        case retry
        /// Nothing was executed and the server needs time: try again later.
        case wait
        /// Trying again gives the same answer.
        case fail
    }

    public let kind: Kind
    /// The reply without the leading `-`, and without arguments of the command, which may be payloads.
    public let message: String

    /// - Parameter message: the reply as sent, without the leading `-`.
    package init(message: String) {
        self.message = Self.withoutArguments(message)
        kind = Self.classify(message)
    }

    /// Redis repeats what it was sent where it does not know a command, or a script calls one that it does not know.
    private static func withoutArguments(_ message: String) -> String {
        let mark = ", with args beginning with:"
        guard let start = message.firstRange(of: mark)?.lowerBound else { return message }
        return String(message[..<start])
    }

    public var remedy: Remedy {
        switch kind {
        case .readOnly, .moved, .maxClients, .noAuth: .reconnect
        case .noScript, .unblocked, .tryAgain, .execAbort: .retry
        case .loading, .busy, .masterDown, .noReplicas, .clusterDown, .outOfMemory, .misconfigured: .wait
        case .wrongPassword, .noPermission, .wrongType, .crossSlot, .unknownCommand, .scriptFailed, .other: .fail
        }
    }

    private static func classify(_ message: String) -> Kind {
        switch message.prefix(while: { $0 != " " }) {
        case "READONLY": .readOnly
        case "LOADING": .loading
        case "OOM": .outOfMemory
        case "NOSCRIPT": .noScript
        case "NOAUTH": .noAuth
        case "WRONGPASS": .wrongPassword
        case "NOPERM": .noPermission
        case "BUSY": .busy
        case "MISCONF": .misconfigured
        // Whoever waited for an element on a master that has become a replica is told in these words.
        case "UNBLOCKED": message.contains("state changed") ? .readOnly : .unblocked
        case "WRONGTYPE": .wrongType
        case "EXECABORT": classifyAbort(message)
        case "MASTERDOWN": .masterDown
        case "NOREPLICAS": .noReplicas
        case "TRYAGAIN": .tryAgain
        case "CLUSTERDOWN": .clusterDown
        case "MOVED", "ASK": .moved
        case "CROSSSLOT": .crossSlot
        case "ERR": classifyGeneric(message.dropFirst(4))
        default: .other
        }
    }

    /// `-ERR` is what Redis says when it has no word for it. The texts are those of Redis 4 to 7.
    private static func classifyGeneric(_ text: Substring) -> Kind {
        if text.hasPrefix("max number of clients") { return .maxClients }
        if text.hasPrefix("unknown command") || text.hasPrefix("unknown subcommand") { return .unknownCommand }
        if text.hasPrefix("invalid password") { return .wrongPassword }
        if text.hasPrefix("The user executing the script can't") || text.hasPrefix("This user has no permissions") {
            return .noPermission
        }
        if text.hasPrefix("Error running script") || text.hasPrefix("Error compiling script")
            || text.contains("user_script:")
        {
            return classifyInner(text, behind: ": -") ?? .scriptFailed
        }
        return .other
    }

    /// An `EXEC` that the state of the server forbids says which; one behind a refused command does not.
    private static func classifyAbort(_ message: String) -> Kind {
        classifyInner(message[...], behind: "because of: ") ?? .execAbort
    }

    /// The state that passes which a text names behind `mark`; nil if it names none. Redis before 7 wraps what a
    /// command of a script was refused for.
    private static func classifyInner(_ text: Substring, behind mark: String) -> Kind? {
        guard let range = text.firstRange(of: mark) else { return nil }
        let kind = classify(String(text[range.upperBound...]))
        return kind.awaited == nil ? nil : kind
    }
}
