import BusProtocol
package import RedisConnection

/// What one check of `busdriver doctor` found.
package struct Finding: Sendable, Hashable {
    /// How bad it is, worst last.
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        case ok
        /// Works, but something is lost or slow one day.
        case warning
        /// Events are lost, stuck or refused.
        case problem
    }

    /// What was checked, in a word or two.
    package var name: String
    package var verdict: Verdict
    /// What was seen, in a sentence.
    package var detail: String
    /// What to do about it; nil when there is nothing to do.
    package var remedy: String?
    /// What to paste into a shell for that, in words none of which needs quotes any more; nil where a sentence does.
    package var command: [String]?

    package init(_ name: String, _ verdict: Verdict, _ detail: String, remedy: String? = nil, command: [String]? = nil)
    {
        self.name = name
        self.verdict = verdict
        self.detail = detail
        self.remedy = remedy
        self.command = command
    }

    /// What keeps everybody from working on the server.
    init(_ name: String, _ obstacle: ServerObstacle) {
        self.init(name, .problem, obstacle.detail, remedy: obstacle.remedy)
    }

    /// A check that Redis did not let happen.
    ///
    /// - Parameters:
    ///   - name: of the check.
    ///   - refusal: what Redis said to it.
    package init(_ name: String, refused refusal: RedisErrorReply) {
        if let obstacle = ServerObstacle(refusal: refusal) {
            self.init(name, obstacle)
        } else if let awaited = refusal.kind.awaited {
            self.init(name, .problem, "Redis does not work now: \(refusal.message).", remedy: "Wait for \(awaited).")
        } else {
            let remedy =
                switch refusal.kind {
                case .noPermission: "Allow this user what is listed under Permissions."
                case .unknownCommand: "Use Redis \(RedisVersion.least) or later, or Valkey; others lack commands."
                case .wrongType: "See who wrote the key that has another type, then rename it."
                default: "See what this says about the server, or about a proxy before it."
                }
            self.init(
                name, refusal.kind == .noPermission ? .warning : .problem,
                "This could not be looked at: \(refusal.message).", remedy: remedy)
        }
    }
}
