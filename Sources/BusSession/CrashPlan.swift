import BusProtocol

#if DEBUG
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #else
        import Darwin
    #endif

    /// Ends or stops the process at a named step, for tests of what a crash there leaves behind. Debug builds only.
    package enum CrashPlan {
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
        package static func names(_ point: String) -> Bool { plan?.point == point }

        package static func pass(_ point: String) {
            guard let plan, names(point) else { return }
            if passes.add(1, ordering: .relaxed).newValue == plan.pass { kill(getpid(), plan.signal) }
        }

        private static let marker = getenv("BUSDRIVER_CRASH_MARKER").map { Array(String(cString: $0).utf8) }

        /// `BUSDRIVER_CRASH_MARKER=text` makes every element that contains the text a deadly one.
        package static func look(at element: UnsafeRawBufferPointer) {
            guard let marker, element.count >= marker.count else { return }
            let isDeadly = (0...(element.count - marker.count)).contains { element[$0...].starts(with: marker) }
            if isDeadly { kill(getpid(), SIGKILL) }
        }
    }
#endif
