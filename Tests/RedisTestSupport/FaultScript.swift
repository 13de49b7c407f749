/// What a `FaultProxy` does to one connection: a plan for each direction.
public struct FaultScript: Sendable {
    /// What happens to the first byte beyond a direction's share, and to all that follow.
    public enum Fault: Sendable {
        /// Both sides are closed, in order (FIN).
        case close
        /// The client's side is reset (RST); the server's side is closed.
        case reset
        /// Bytes are kept until `release`, even when their sender has closed the connection by then.
        case hold
        /// Bytes are thrown away and both connections stay open: a half-open peer.
        case discard
    }

    /// The plan for one direction.
    public struct Plan: Sendable {
        /// Bytes that pass; the fault strikes when one more arrives. nil: no fault.
        public var bytes: Int?
        /// What happens then.
        public var fault: Fault

        /// Everything passes.
        public static let forward = Plan(bytes: nil, fault: .hold)

        /// `fault` in place of the byte that follows the first `bytes` bytes.
        public static func after(_ bytes: Int, _ fault: Fault) -> Plan { Plan(bytes: bytes, fault: fault) }
    }

    /// From client to server.
    public var requests: Plan
    /// From server to client.
    public var replies: Plan

    /// A plan for both directions; each forwards everything unless told otherwise.
    public init(requests: Plan = .forward, replies: Plan = .forward) {
        self.requests = requests
        self.replies = replies
    }

    /// Accepted and never answered.
    public static let blackhole = FaultScript(requests: .after(0, .discard))
}

/// One of the two ways through a connection.
public enum FaultDirection: Sendable {
    case requests, replies
}
