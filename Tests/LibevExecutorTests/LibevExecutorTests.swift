import Dispatch
import Glibc
import LibevExecutor
import RedisTestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
final class LibevExecutorTests: Sendable {
    let executor = LibevExecutor(name: "loop")

    deinit { executor.stop() }

    @Test func actorsRunOnTheLoop() async throws {
        let counter = Counter(executor)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1000 { group.addTask { await counter.increment() } }
            for await wasOnLoop in group { #expect(wasOnLoop) }
        }
        #expect(await counter.value == 1000)
        #expect(!executor.isCurrent)
    }

    @Test func tasksMayPreferTheLoop() async throws {
        let wasOnLoop = await Task(executorPreference: executor) { [executor] in
            await Task.yield()
            return executor.isCurrent
        }.value
        #expect(wasOnLoop)
    }

    @Test func assumingIsolationWorksOnTheLoop() async throws {
        let counter = Counter(executor)
        let value = try await run { counter.assumeIsolated { $0.value } }
        #expect(value == 0)
    }

    @Test func assumingIsolationElsewhereTraps() async throws {
        await #expect(processExitsWith: .failure) {
            LibevExecutor(name: "elsewhere").checkIsolated()
        }
    }

    @Test func jobsOfManyThreadsAllRunInTheirOrder() async throws {
        let threads = 4
        let perThread = 25_000
        let last = LoopVariable(Array(repeating: -1, count: threads))
        try await callback("all jobs have run") { callBack in
            let running = LoopVariable(threads * perThread)
            for thread in 0..<threads {
                DispatchQueue.global().async { [executor] in
                    for number in 0..<perThread {
                        executor.execute {
                            #expect(last.value[thread] == number - 1)
                            last.value[thread] = number
                            running.value -= 1
                            if running.value == 0 { callBack() }
                        }
                    }
                }
            }
        }
        #expect(try await run { last.value } == Array(repeating: perThread - 1, count: threads))
    }

    @Test func executeNeverRunsInline() async throws {
        let order = LoopVariable([Int]())
        try await run { [executor] in
            executor.execute { order.value.append(2) }
            order.value.append(1)
        }
        #expect(try await run { order.value } == [1, 2])
    }

    /// Jobs that enqueue jobs for ever must not keep timers and input waiting.
    @Test func endlessJobsDoNotStarveTimers() async throws {
        let isOver = LoopVariable(false)
        @Sendable func again() {
            if !isOver.value { executor.execute(again) }
        }
        executor.execute(again)
        try await callback("the timer fires") { callBack in
            executor.execute { [executor] in
                executor.schedule(after: .milliseconds(1)) {
                    isOver.value = true
                    callBack()
                }
            }
        }
    }

    // MARK: - Timers

    @Test func timersFireInOrderAndNotBeforeTheirTime() async throws {
        let clock = ContinuousClock()
        let fired = try await callback("the timers fire", of: [(Int, Duration)].self) { callBack in
            let fired = LoopVariable([(Int, Duration)]())
            executor.execute { [executor] in
                // A busy loop's idea of the time is old; a timer must not count from there.
                let start = clock.now
                while clock.now - start < .milliseconds(5) {}
                let scheduled = clock.now
                for delay in [15, 5, 10] {
                    executor.schedule(after: .milliseconds(delay)) {
                        fired.value.append((delay, clock.now - scheduled))
                        if fired.value.count == 3 { callBack(fired.value) }
                    }
                }
            }
        }
        #expect(fired.map(\.0) == [5, 10, 15])
        // libev compares in floating point.
        for (delay, elapsed) in fired { #expect(elapsed > .milliseconds(delay) - .microseconds(100)) }
    }

    @Test func repeatingTimerEndsWhenCancelled() async throws {
        let count = LoopVariable(0)
        let timer = LoopVariable<LoopTimer?>(nil)
        try await callback("the timer has fired three times") { callBack in
            executor.execute { [executor] in
                timer.value = executor.schedule(after: .zero, repeating: .milliseconds(1)) {
                    count.value += 1
                    guard count.value == 3 else { return }
                    timer.value?.cancel()
                    timer.value?.cancel()
                    executor.schedule(after: .milliseconds(5)) { callBack() }
                }
            }
        }
        #expect(try await run { count.value } == 3)
    }

    @Test func cancelledTimerDoesNotFireEvenWhenDue() async throws {
        // Both are due in the same turn; whichever comes first cancels the other.
        let fired = LoopVariable(0)
        try await callback("the timers fire") { callBack in
            executor.execute { [executor] in
                let timers = LoopVariable([LoopTimer]())
                for _ in 0..<2 {
                    timers.value.append(
                        executor.schedule(after: .zero) {
                            fired.value += 1
                            for timer in timers.value { timer.cancel() }
                        })
                }
                executor.schedule(after: .milliseconds(2)) { callBack() }
            }
        }
        #expect(try await run { fired.value } == 1)
    }

    // MARK: - Signals and the end

    @Test func signalsReachTheLoop() async throws {
        try await callback("the signal reaches the loop") { callBack in
            let isDone = LoopVariable(false)
            executor.onSignal(SIGUSR2) { [executor] in
                #expect(executor.isCurrent)
                if !isDone.value { callBack() }
                isDone.value = true
            }
            // In order with onSignal.
            executor.execute { kill(getpid(), SIGUSR2) }
        }
    }

    @Test func watchedSignalsAreUnblocked() async throws {
        await #expect(processExitsWith: .success) {
            var blocked = sigset_t()
            sigemptyset(&blocked)
            sigaddset(&blocked, SIGUSR1)
            pthread_sigmask(SIG_BLOCK, &blocked, nil)
            let executor = LibevExecutor(name: "unblock")
            executor.onSignal(SIGUSR1) {}
            let isBlocked = try await callback("the loop answers", of: Bool.self) { callBack in
                executor.execute {
                    var mask = sigset_t()
                    pthread_sigmask(SIG_BLOCK, nil, &mask)
                    callBack(sigismember(&mask, SIGUSR1) == 1)
                }
            }
            #expect(!isBlocked)
        }
    }

    @Test func brokenPipesDoNotEndTheProcess() async throws {
        await #expect(processExitsWith: .success) {
            _ = LibevExecutor(name: "pipe")
            kill(getpid(), SIGPIPE)
        }
    }

    @Test func stopRunsWhatWasEnqueuedAndEndsTheThread() async throws {
        weak var weakExecutor: LibevExecutor?
        let count = LoopVariable(0)
        do {
            let executor = LibevExecutor(name: "short")
            weakExecutor = executor
            try await callback("the jobs have run") { callBack in
                for _ in 0..<100 { executor.execute { count.value += 1 } }
                executor.execute { executor.schedule(after: .seconds(3600)) {} }
                executor.execute {
                    // Enqueued by a job after stop() was called, and still run.
                    executor.execute { callBack() }
                }
                executor.stop()
            }
        }
        #expect(count.value == 100)
        // Only its thread held it any more.
        while weakExecutor != nil { await Task.yield() }
    }

    // MARK: - Support

    private func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async throws -> Value {
        try await callback("the loop answers", of: Value.self) { callBack in
            executor.execute { callBack(body()) }
        }
    }
}

private actor Counter {
    nonisolated let executor: LibevExecutor
    private(set) var value = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(_ executor: LibevExecutor) {
        self.executor = executor
    }

    func increment() -> Bool {
        value += 1
        return executor.isCurrent
    }
}
