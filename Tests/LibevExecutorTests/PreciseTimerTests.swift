import LibevExecutor
import RedisTestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
final class PreciseTimerTests: Sendable {
    private let executor = LibevExecutor(name: "loop")

    deinit { executor.stop() }

    private static let microsecond: UInt64 = 1000
    private static let millisecond: UInt64 = 1_000_000

    /// A timer that epoll rounds up to a millisecond would be late by 0.9 ms each time.
    @Test func firesWithinMicrosecondsAndNeverEarly() async throws {
        let lateness = try await callback("the timer has fired a hundred times", of: [Int64].self) { callBack in
            let lateness = LoopVariable([Int64]())
            let due = LoopVariable(UInt64(0))
            withTimer { timer in
                lateness.value.append(Int64(bitPattern: MonotonicTime.now &- due.value))
                guard lateness.value.count < 100 else { return callBack(lateness.value) }
                due.value = MonotonicTime.now + 100 * Self.microsecond
                timer.arm(at: due.value)
            } begin: { timer in
                due.value = MonotonicTime.now + 100 * Self.microsecond
                timer.arm(at: due.value)
            }
        }
        let sorted = lateness.sorted()
        #expect(sorted[0] >= 0)
        #expect(sorted[10] < 500_000, "a tenth of 100 was late by at most \(sorted[10]) ns")
    }

    @Test func aTimeInThePastFiresAtOnce() async throws {
        for time in [0, MonotonicTime.now - Self.millisecond] {
            let began = MonotonicTime.now
            try await callback("the timer fires") { callBack in
                withTimer { _ in
                    callBack()
                } begin: {
                    $0.arm(at: time)
                }
            }
            #expect(MonotonicTime.now - began < 1000 * Self.millisecond)
        }
    }

    @Test func armingAgainReplacesTheTime() async throws {
        let began = MonotonicTime.now
        let fired = try await countOfFiring { timer in
            timer.arm(at: began + 1 * Self.millisecond)
            timer.arm(at: began + 3_600_000 * Self.millisecond)
            timer.arm(at: began + 5 * Self.millisecond)
        }
        #expect(fired == 1)
    }

    @Test func cancelledItDoesNotFireEvenWhenDue() async throws {
        let fired = try await countOfFiring { timer in
            let due = MonotonicTime.now + Self.millisecond
            timer.arm(at: due)
            while MonotonicTime.now <= due {}
            timer.cancel()
        }
        #expect(fired == 0)
    }

    @Test func canBeArmedAfterItWasCancelled() async throws {
        let fired = try await countOfFiring { timer in
            timer.cancel()
            timer.arm(at: MonotonicTime.now + Self.millisecond)
        }
        #expect(fired == 1)
    }

    // MARK: - Support

    /// How often a timer has fired 20 ms after `begin`.
    private func countOfFiring(begin: @escaping @Sendable (PreciseTimer) -> Void) async throws -> Int {
        try await callback("20 ms are over", of: Int.self) { callBack in
            let count = LoopVariable(0)
            withTimer { _ in
                count.value += 1
            } begin: { [executor] timer in
                begin(timer)
                // In the turn in which both are due the later one may be called first; one more turn tells.
                executor.schedule(after: .milliseconds(20)) {
                    executor.schedule(after: .milliseconds(1)) { callBack(count.value) }
                }
            }
        }
    }

    /// Makes a timer on the loop. It holds itself through its body and is never freed.
    private func withTimer(
        _ body: @escaping @Sendable (PreciseTimer) -> Void, begin: @escaping @Sendable (PreciseTimer) -> Void
    ) {
        executor.execute { [executor] in
            let holder = LoopVariable<PreciseTimer?>(nil)
            holder.value = PreciseTimer(executor: executor) {
                if let timer = holder.value { body(timer) }
            }
            if let timer = holder.value { begin(timer) }
        }
    }
}
