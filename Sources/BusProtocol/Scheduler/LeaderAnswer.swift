package import RedisConnection

/// What a script said in which a leader fires, notes or publishes something (see `fire.lua`, `note_firing.lua`,
/// `publish_bus_heartbeats.lua`).
package enum LeaderAnswer: Sendable, Equatable {
    /// It took effect.
    case done
    /// The firing, or a later one, was noted before. Of firings only.
    case duplicate
    /// Something else was noted meanwhile, or another process publishes.
    case changed
    /// Another scheduler leads.
    case notLeader
    /// Redis refused; nothing was done.
    case refused(RedisErrorReply)

    /// Reads a script's reply.
    package init(_ reply: RedisReply) {
        if let refusal = reply.errorReply {
            self = .refused(refusal)
            return
        }
        switch reply.string {
        case "OK": self = .done
        case "DUP": self = .duplicate
        case "CHANGED": self = .changed
        // Whatever else the server says, to lead no longer is the safe answer.
        default: self = .notLeader
        }
    }
}
