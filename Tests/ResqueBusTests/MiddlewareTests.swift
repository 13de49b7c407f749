import BusRider
import BusWire
import Testing

@testable import ResqueBus

@Suite(.timeLimit(.minutes(1))) struct MiddlewareTests {
    @Test func layersWrapInTheOrderWritten() async throws {
        let notes = Notes<String>()
        let application = Application("app_b") {
            AroundJob { job, next in
                await notes.add("around \(job.application) \(job.name) \(job.queue)")
                try await next()
                await notes.add("after all")
            }
            BeforeJob { job in await notes.add("before \(job.event?.id ?? "-") \(Event.current?.id ?? "-")") }
            AfterJob { job in await notes.add("after \(job.arguments.count)") }
            OnFailure { _, error in await notes.add("failed: \(error)") }
            Subscribe("user_created") { _ in await notes.add("handler") }
            Job("Emailer", queue: "emails") { _ in throw Refusal() }
        }
        let router = try JobRouter([application])
        #expect(await router.perform(Sample.element()).isDone)
        #expect(
            await notes.all == [
                "around app_b user_created app_b_default", "before 1700000000-u 1700000000-u", "handler", "after 0",
                "after all",
            ])
        let failure = await router.perform(Sample.job("Emailer", ["a"]), from: "emails").failure
        #expect(failure?.exception == "Refusal")
        #expect(
            await notes.all.dropFirst(5) == ["around app_b Emailer emails", "before - -", "failed: no such mailbox"])
    }

    @Test func notCallingNextEndsTheJobAsDone() async throws {
        let notes = Notes<String>()
        let application = Application("app_b") {
            AroundJob { _, _ in }
            Subscribe("user_created") { _ in await notes.add("handler") }
        }
        #expect(try await JobRouter([application]).perform(Sample.element()).isDone)
        #expect(await notes.all == [])
    }

    @Test func whatMiddlewareThrowsFailsTheJob() async throws {
        let application = Application("app_b") {
            BeforeJob { _ in throw Refusal() }
            Subscribe("user_created") { _ in }
        }
        let failure = try #require(try await JobRouter([application]).perform(Sample.element()).failure)
        #expect(failure.exception == "Refusal")
        #expect(failure.retry != nil)
    }

    @Test func eachApplicationHasItsOwn() async throws {
        let first = Application("a") {
            BeforeJob { _ in throw Refusal() }
            Subscribe("x") { _ in }
        }
        let router = try JobRouter([first, Application("b") { Subscribe("x") { _ in } }])
        #expect(await router.perform(Sample.element(app: "a", key: "x")).failure != nil)
        #expect(await router.perform(Sample.element(app: "b", key: "x")).isDone)
    }
}

@Suite(.timeLimit(.minutes(1))) struct TimeoutTests {
    /// Ends when the test says so.
    private static func gate() -> (open: @Sendable () -> Void, wait: @Sendable () async -> Void) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        return ({ continuation.finish() }, { for await _ in stream {} })
    }

    @Test func aHandlerThatHangsIsCancelledAndHasFailed() async throws {
        let failures = Notes<String>()
        let application = Application("app_b") {
            OnFailure { _, error in await failures.add("\(error)") }
            Subscribe("user_created") { _ in try await Task.sleep(for: .seconds(3600)) }.timeout(.seconds(30))
        }
        let router = try JobRouter([application], sleep: { #expect($0 == .seconds(30)) })
        let failure = try #require(await router.perform(Sample.element()).failure)
        #expect(failure.exception == "JobTimeout")
        #expect(failure.message == "the handler did not end within 30.0 seconds; it was cancelled")
        #expect(failure.retry != nil)
        #expect(await failures.all == [failure.message])
    }

    @Test func aHandlerThatHeedsNothingIsLeft() async throws {
        let (open, wait) = Self.gate()
        let (ended, waitForEnd) = Self.gate()
        let application = Application("app_b") {
            Subscribe("user_created") { _ in
                // A task of its own hears of no cancellation.
                await Task { await wait() }.value
                ended()
            }
        }
        .timeout(.seconds(1))
        let router = try JobRouter([application], sleep: { _ in })
        #expect(await router.perform(Sample.element()).failure?.exception == "JobTimeout")
        open()
        await waitForEnd()
    }

    @Test func aHandlerInTimeIsDoneAndItsAlarmIsCancelled() async throws {
        let (cancelled, waitForCancellation) = Self.gate()
        let names = Notes<String?>()
        let application = Application("app_b") {
            Subscribe("user_created") { _ in await names.add(Event.current?.type) }
            Subscribe("bad") { _ in throw Refusal() }
        }
        .timeout(.seconds(1))
        let router = try JobRouter(
            [application],
            sleep: { _ in
                defer { cancelled() }
                try await Task.sleep(for: .seconds(3600))
            })
        #expect(await router.perform(Sample.element()).isDone)
        await waitForCancellation()
        #expect(await names.all == ["user_created"])
        #expect(await router.perform(Sample.element(key: "bad")).failure?.exception == "Refusal")
    }

    @Test(arguments: [false, true]) func aCancelledHandlerIsReportedAsSuch(hasTimeout: Bool) async throws {
        let (started, waitForStart) = Self.gate()
        var part = Subscribe("user_created") { _ in
            started()
            try await Task.sleep(for: .seconds(3600))
        }
        if hasTimeout { part = part.timeout(.seconds(3600)) }
        let router = try JobRouter([Application("app_b") { part }])
        let run = Task { await router.perform(Sample.element()) }
        await waitForStart()
        run.cancel()
        let report = await run.value
        #expect(report.cancellation?.exception == "CancellationError")
        #expect(report.cancellation?.retry != nil)
        #expect(report.retryKey != nil)
    }

    @Test func aHandlerThatEndsWellInSpiteOfCancellationIsDone() async throws {
        let router = try JobRouter([Application("app_b") { Subscribe("user_created") { _ in } }])
        let run = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await router.perform(Sample.element())
        }
        #expect(await run.value.isDone)
    }
}
