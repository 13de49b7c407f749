import BusOperations
import BusProtocol
import BusWire
import Testing

/// Which failures and which waiting jobs an operator means.
@Suite(.timeLimit(.minutes(1))) struct CriteriaTests {
    private static func failure(_ queue: String, _ className: String, retried: Bool) throws -> FailureRecord {
        var entry: JSONValue = ["queue": .string(queue), "payload": ["class": .string(className), "args": []]]
        if retried { entry = entry.setting("retried_at", to: "2023/11/16 00:00:00 UTC") }
        return FailureRecord(index: 0, bytes: try entry.encoded())
    }

    @Test func aFailureIsMeantByAllThatIsAskedFor() throws {
        let entry = try Self.failure("emails", "Emailer", retried: true)
        for criteria in [
            FailureCriteria(), FailureCriteria(queue: "emails"), FailureCriteria(className: "Emailer"),
            FailureCriteria(isRetried: true), FailureCriteria(queue: "emails", className: "Emailer", isRetried: true),
        ] {
            #expect(criteria.matches(entry), "\(criteria)")
        }
        for criteria in [
            FailureCriteria(queue: "email"), FailureCriteria(className: "emailer"), FailureCriteria(isRetried: false),
            FailureCriteria(queue: "emails", className: "Other"),
        ] {
            #expect(!criteria.matches(entry), "\(criteria)")
        }
        #expect(!FailureCriteria().isSet && FailureCriteria(isRetried: false).isSet)
    }

    /// Swift's `==` takes them for equal; Ruby and Redis do not.
    @Test func namesAreTheSameByteForByte() throws {
        let entry = try Self.failure("caf\u{E9}", "K", retried: false)
        #expect(FailureCriteria(queue: "caf\u{E9}").matches(entry))
        #expect(!FailureCriteria(queue: "cafe\u{301}").matches(entry))
    }

    @Test func aWaitingJobIsMeantByAllThatIsAskedFor() throws {
        let payload = JobPayload(className: "Emailer", arguments: [42, "welcome"])
        let job = DelayedRecord(time: 5, bytes: try payload.encoded(waitingFor: "emails"))
        for criteria in [
            DelayedCriteria(), DelayedCriteria(className: "Emailer", time: 7),
            DelayedCriteria(arguments: [42, "welcome"], queue: "emails"),
        ] {
            #expect(criteria.matches(job), "\(criteria)")
        }
        for criteria in [
            DelayedCriteria(className: "Email"), DelayedCriteria(arguments: [42]), DelayedCriteria(queue: "email"),
        ] {
            #expect(!criteria.matches(job), "\(criteria)")
            #expect(!criteria.matches(DelayedRecord(time: 5, bytes: Array("no job".utf8))))
        }
    }

    @Test func oneJobIsNamedByAllButItsTime() throws {
        let all = DelayedCriteria(className: "K", arguments: [], queue: "q")
        #expect(all.exactJob?.queue == "q" && all.exactJob?.payload == JobPayload(className: "K", arguments: []))
        #expect(DelayedCriteria(className: "K", arguments: [], queue: "q", time: 5).exactJob == nil)
        #expect(DelayedCriteria(className: "K", queue: "q").exactJob == nil)
    }
}

@Suite(.timeLimit(.minutes(1))) struct NewJobTests {
    private static let payload = JobPayload(className: "K", arguments: [1])

    @Test func itIsDueFromItsTimeOn() {
        let job = NewJob(Self.payload, on: "q", due: 100)
        #expect(!job.isDue(at: 99) && job.isDue(at: 100) && job.isDue(at: 101))
    }

    @Test func noTimeIsBeyondTheYear9999() throws {
        _ = try NewJob(Self.payload, on: "q", due: 253_402_300_799).commands(now: 0, bus: BusKeys())
        let error = #expect(throws: OperationError.self) {
            try NewJob(Self.payload, on: "q", due: 253_402_300_800).commands(now: 0, bus: BusKeys())
        }
        #expect(error?.message == "Nothing can wait for a time after the year 9999; give an earlier one.")
    }

    @Test func whatIsNoJSONIsRefused() {
        let job = NewJob(JobPayload(className: "K", arguments: [.float(.infinity)]), on: "q", due: 5)
        #expect(throws: OperationError.self) { try job.commands(now: 0, bus: BusKeys()) }
        #expect(throws: OperationError.self) { try job.commands(now: 9, bus: BusKeys()) }
    }
}
