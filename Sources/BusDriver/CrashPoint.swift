/// The named steps of a driver's life at which a debug build can be made to end or stop, for tests of what a crash there
/// leaves behind. In a release build passing one costs nothing.
enum CrashPoint: String, CaseIterable {
    case beforeRegistration = "before_registration"
    case afterRegistration = "after_registration"
    case beforeLoad = "before_load"
    case afterLoad = "after_load"
    case beforeClaimSent = "before_claim_sent"
    case afterClaimSent = "after_claim_sent"
    case afterClaimReply = "after_claim_reply"
    case afterMatch = "after_match"
    case beforeCommitSent = "before_commit_sent"
    case afterCommitSent = "after_commit_sent"
    case afterCommitReply = "after_commit_reply"
    case afterPeek = "after_peek"
    case beforeSwapSent = "before_swap_sent"
    case afterSwapSent = "after_swap_sent"
    case afterSwapReply = "after_swap_reply"
    case afterHeartbeatSent = "after_heartbeat_sent"
    case beforeRecovery = "before_recovery"
    case afterRecovery = "after_recovery"
    case beforeMending = "before_mending"
    case afterMending = "after_mending"
    case beforeLeaving = "before_leaving"
    case afterLeaving = "after_leaving"
}

#if DEBUG
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #else
        import Darwin
    #endif

    extension CrashPoint {
        private struct Plan {
            let point: CrashPoint
            let pass: Int
            let signal: Int32
        }

        /// `BUSDRIVER_CRASH=after_claim_sent:3` kills the process at the third pass; `…:3:stop` stops it (SIGSTOP).
        private static let plan: Plan? = {
            guard let text = getenv("BUSDRIVER_CRASH") else { return nil }
            let parts = String(cString: text).split(separator: ":").map(String.init)
            guard parts.count >= 2, let point = CrashPoint(rawValue: parts[0]), let pass = Int(parts[1]) else {
                fatalError("BUSDRIVER_CRASH is not point:pass, or names no point")
            }
            return Plan(point: point, pass: pass, signal: parts.count > 2 ? SIGSTOP : SIGKILL)
        }()

        private static let passes = Atomic<Int>(0)

        static func pass(_ point: CrashPoint) {
            guard let plan, plan.point == point else { return }
            if passes.add(1, ordering: .relaxed).newValue == plan.pass { kill(getpid(), plan.signal) }
        }

        private static let marker = getenv("BUSDRIVER_CRASH_MARKER").map { Array(String(cString: $0).utf8) }

        /// `BUSDRIVER_CRASH_MARKER=text` makes every event that contains the text a deadly one.
        static func look(at element: UnsafeRawBufferPointer) {
            guard let marker, element.count >= marker.count else { return }
            let isDeadly = (0...(element.count - marker.count)).contains { element[$0...].starts(with: marker) }
            if isDeadly { kill(getpid(), SIGKILL) }
        }
    }
#else
    extension CrashPoint {
        @inline(__always) static func pass(_ point: CrashPoint) {}
        @inline(__always) static func look(at element: UnsafeRawBufferPointer) {}
    }
#endif
