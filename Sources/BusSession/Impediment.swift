import BusProtocol
package import RedisConnection

/// What an error of Redis means to a process that does not wait: what to say in the end, and with which exit code.
package struct Impediment: Sendable, Hashable {
    /// Whether it would do to come back later. The raw values are the exit codes of `sysexits.h`.
    package enum Outlook: Int32, Sendable {
        /// Redis cannot be reached, or cannot work for now (`EX_UNAVAILABLE`).
        case passing = 69
        /// Nothing works before somebody changes a setting, a right or the address (`EX_CONFIG`).
        case lasting = 78
        /// What was asked for has failed, and nobody knows whether it would again.
        case unknown = 1
    }

    package let outlook: Outlook
    /// A sentence or two for an operator: what is the matter, and what to do about it where that is known.
    package let message: String

    package init(_ error: RedisError) {
        switch error.code {
        case .unreachable, .connectionLost, .timedOut, .closed: self.init(.passing, error.message)
        case .configuration, .authentication, .notMaster: self.init(.lasting, error.message)
        case .protocolViolation: self.init(.unknown, error.message)
        case .reply(let refusal): self.init(refusal, message: error.message)
        }
    }

    private init(_ outlook: Outlook, _ message: String) {
        self.outlook = outlook
        self.message = message
    }

    private init(_ refusal: RedisErrorReply, message: String) {
        if let obstacle = ServerObstacle(refusal: refusal) {
            self.init(.lasting, "\(obstacle.detail) \(obstacle.remedy)")
        } else if let awaited = refusal.kind.awaited {
            self.init(.passing, "Redis does not work now (\(refusal.message)); wait for \(awaited).")
        } else if let advice = refusal.advice {
            self.init(.lasting, "\(message.hasSuffix(".") ? String(message.dropLast()) : message). \(advice)")
        } else {
            self.init(.unknown, message)
        }
    }
}

extension RedisErrorReply {
    /// What somebody must do about a refusal that does not pass, in a sentence; nil where nobody knows.
    package var advice: String? {
        switch kind {
        case .noPermission: "busdriver doctor names what this user needs."
        case .unknownCommand: "This needs a Redis of 6.2 or later that is no sentinel."
        default: isPassing ? nil : ServerObstacle(refusal: self)?.remedy
        }
    }
}
