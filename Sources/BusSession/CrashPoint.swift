package import BusProtocol
package import RedisConnection

#if DEBUG
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #else
        import Darwin
    #endif
#endif

/// The named steps of a role's life at which a debug build can be made to end or stop, for tests of what a crash there
/// leaves behind. In a release build passing one costs nothing.
package protocol CrashPoint: RawRepresentable<String>, CaseIterable, Sendable {}

extension CrashPoint {
    /// The role is at this step.
    @inlinable
    package static func pass(_ point: Self) {
        #if DEBUG
            CrashPlan.pass(point.rawValue)
        #endif
    }

    /// The role is about to read this element.
    @inlinable
    package static func look(at element: UnsafeRawBufferPointer) {
        #if DEBUG
            CrashPlan.look(at: element)
        #endif
    }
}

extension RedisClient {
    /// Sends commands; where a crash is planned between their departure and the first answer, it happens there. To be
    /// called on the connection's loop then.
    package func send(
        _ pipeline: RedisPipeline, passing point: some CrashPoint
    ) async throws(RedisError) -> RedisReplies {
        #if DEBUG
            if CrashPlan.names(point.rawValue) {
                let result = await withCheckedContinuation { continuation in
                    submit(pipeline) { continuation.resume(returning: $0) }
                    CrashPlan.pass(point.rawValue)
                }
                return try result.get()
            }
        #endif
        return try await send(pipeline)
    }
}

#if DEBUG
    /// What the environment has planned.
    @usableFromInline
    enum CrashPlan {
        private struct Plan {
            let point: String
            let pass: Int
            let signal: Int32
        }

        /// `BUSDRIVER_CRASH=after_claim_sent:3` kills the process at the third pass; `…:3:stop` stops it (SIGSTOP).
        private static let plan: Plan? = {
            guard let text = getenv("BUSDRIVER_CRASH") else { return nil }
            let parts = String(cString: text).split(separator: ":").map(String.init)
            guard parts.count >= 2, let pass = Int(parts[1]) else {
                fatalError("BUSDRIVER_CRASH is not point:pass")
            }
            return Plan(point: parts[0], pass: pass, signal: parts.count > 2 ? SIGSTOP : SIGKILL)
        }()

        private static let passes = Atomic<Int>(0)

        /// Whether the process is to end or stop at this step.
        static func names(_ point: String) -> Bool { plan?.point == point }

        @usableFromInline
        static func pass(_ point: String) {
            guard let plan, names(point) else { return }
            if passes.add(1, ordering: .relaxed).newValue == plan.pass { kill(getpid(), plan.signal) }
        }

        private static let marker = getenv("BUSDRIVER_CRASH_MARKER").map { Array(String(cString: $0).utf8) }

        /// `BUSDRIVER_CRASH_MARKER=text` makes every element that contains the text a deadly one.
        @usableFromInline
        static func look(at element: UnsafeRawBufferPointer) {
            guard let marker, element.count >= marker.count else { return }
            let isDeadly = (0...(element.count - marker.count)).contains { element[$0...].starts(with: marker) }
            if isDeadly { kill(getpid(), SIGKILL) }
        }
    }
#endif
