import BusProtocol
import BusSession
import Logging
import RedisConnection
import Testing

@Suite(.timeLimit(.minutes(1))) struct ComplaintLogTests {
    private let log = CapturedLog()

    private func complaints() -> ComplaintLog { ComplaintLog(Logger(label: "test") { [log] _ in log.handler }) }

    @Test func saysOneLineOfASubjectInTenSecondsWhateverItsValues() {
        let complaints = complaints()
        let start = ContinuousClock.now
        for number in 0..<1000 {
            let details: Logger.Metadata = ["consequence": "again in \(number) s"]
            complaints.report("a job failed", details, at: start + .milliseconds(number))
        }
        #expect(log.lines == ["a job failed consequence=again in 0 s"])
        complaints.report("a job failed", ["consequence": "kept"], at: start + .seconds(10))
        #expect(log.lines.last == "a job failed consequence=kept withheld=999")
        complaints.report("a job failed", ["consequence": "kept"], at: start + .seconds(20))
        #expect(log.lines.last == "a job failed consequence=kept")
    }

    /// D3 of the review: texts that vary made it grow for ever.
    @Test func forgetsASubjectWhenItsTimeIsOver() {
        let complaints = complaints()
        let start = ContinuousClock.now
        for second in 0..<1000 {
            let refusal = RedisErrorReply(message: second % 2 == 0 ? "OOM \(second)" : "NOPERM \(second)")
            complaints.report("the heartbeat is refused", refusal, at: start + .seconds(second))
            complaints.report("a job failed", ["queue": "\(second)"], at: start + .seconds(second))
            #expect(complaints.count <= 3)
        }
        complaints.report("something else", at: start + .seconds(2000))
        #expect(complaints.count == 1)
    }

    @Test func tellsKindsOfRefusalsApart() {
        let complaints = complaints()
        let now = ContinuousClock.now
        complaints.report("interrupted", RedisError(.unreachable, "nobody listens"), at: now)
        complaints.report("interrupted", RedisError(.connectionLost, "it was cut"), at: now)
        complaints.report("interrupted", RedisErrorReply(message: "OOM at 1"), at: now)
        complaints.report("interrupted", RedisErrorReply(message: "OOM at 2"), at: now)
        complaints.report("interrupted", RedisErrorReply(message: "NOPERM"), at: now)
        #expect(
            log.lines == [
                "interrupted reason=nobody listens", "interrupted reason=OOM at 1", "interrupted reason=NOPERM",
            ])
    }

    @Test func letsSomeNamesSpeakBesideEachOther() {
        let complaints = complaints()
        for number in 0..<100 { complaints.report("a schedule cannot run", ["schedule": "\(number)"], most: 20) }
        #expect(log.lines == (0..<20).map { "a schedule cannot run schedule=\($0)" })
    }

    /// F21: a bad name of 100 KB made a line of 100 KB.
    @Test func cutsWhatVaries() {
        let complaints = complaints()
        complaints.report("a schedule cannot run", ["zone": "\(String(repeating: "z", count: 100_000))"])
        #expect(log.lines == ["a schedule cannot run zone=\(String(repeating: "z", count: 200))…"])
    }
}
