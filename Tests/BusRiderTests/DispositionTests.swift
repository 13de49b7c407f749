import BusRider
import BusWire
import Testing

/// Texts are those of contract §6 and §8.
@Suite(.timeLimit(.minutes(1))) struct DispositionTests {
    private static let now = 1_795_239_451
    private static let worker = "host+swift:4242.0:app_b_default"
    private static let element = #"{"class":"QueueBus::Worker","args":["{\"bus_rider_queue\":\"app_b_default\"}"]}"#
    private static let delayedElement =
        #"{"class":"QueueBus::Worker","args":["{\"bus_rider_queue\":\"app_b_default\"}"],"queue":"app_b_default"}"#
    private static let key = RetryKey(className: "QueueBus::Worker", arguments: #"{"bus_rider_queue":"app_b_default"}"#)
    private static let job = ReservedJob(element: Array(element.utf8), queue: "from_elsewhere")

    private func failure(_ policy: RetryPolicy?) -> JobFailure {
        JobFailure(
            exception: "RuntimeError", message: "no \"luck\"", backtrace: ["a.rb:1:in `x'", "b"],
            retry: policy.map {
                JobFailure.Retry(
                    policy: $0, key: Self.key, queue: "app_b_default", element: Array(Self.element.utf8),
                    delayedElement: Array(Self.delayedElement.utf8))
            })
    }

    private func disposition(
        _ outcome: JobReport.Outcome, counter: String?, key: RetryKey? = Self.key, of job: ReservedJob = Self.job
    ) -> Disposition {
        Disposition(JobReport(outcome, retryKey: key), of: job, counter: counter, now: Self.now, worker: Self.worker)
    }

    @Test func successDeletesTheCounter() {
        #expect(disposition(.done, counter: "3") == .done(deleting: Self.key))
        #expect(disposition(.done, counter: nil, key: nil) == .done(deleting: nil))
    }

    @Test func firstRetryIsPushedAtOnce() {
        #expect(
            disposition(.failed(failure(.resque)), counter: nil)
                == .retryNow(
                    queue: "app_b_default", element: Array(Self.element.utf8), key: Self.key, counter: 0))
    }

    @Test(arguments: [(0, 60), (1, 600), (2, 3600), (3, 10800), (4, 21600)])
    func laterRetriesWait(counter: Int, delay: Int) throws {
        let disposition = disposition(.failed(failure(.resque)), counter: String(counter))
        guard case .retryLater(let retry) = disposition else {
            Issue.record("\(disposition)")
            return
        }
        #expect(retry.epoch == Self.now + delay)
        #expect(retry.item == Array(Self.delayedElement.utf8))
        #expect(retry.queue == "app_b_default")
        #expect(retry.key == Self.key)
        #expect(retry.counter == counter + 1)
        #expect(retry.failureLifetime == 2 * delay)
        #expect(
            String(decoding: retry.failure, as: UTF8.self)
                == #"{"failed_at":"2026/11/21 05:37:31","payload":\#(Self.element),"exception":"RuntimeError","#
                + #""error":"no \"luck\"","backtrace":["a.rb:1:in `x'","b"],"worker":"\#(Self.worker)","#
                + #""queue":"from_elsewhere"}"#)
    }

    @Test(arguments: ["5", "6", "9223372036854775807"])
    func seventhFailureIsTheLast(counter: String) {
        let entry =
            #"{"failed_at":"2026/11/21 05:37:31 UTC","payload":\#(Self.element),"exception":"RuntimeError","#
            + #""error":"no \"luck\"","backtrace":["a.rb:1:in `x'","b"],"worker":"\#(Self.worker)","#
            + #""queue":"from_elsewhere"}"#
        #expect(
            disposition(.failed(failure(.resque)), counter: counter)
                == .failed(entry: Array(entry.utf8), deleting: Self.key))
    }

    /// Ruby counts before a run and we count after it; in whatever order they take turns, the runs are numbered alike.
    @Test(arguments: 0..<128)
    func rubyAndSwiftTakeTurns(mask: Int) {
        var counter: Int?
        var delays: [Duration?] = []
        for run in 0..<7 {
            if mask >> run & 1 == 0 {
                // SETNX key -1, INCR key; the index into the delays is the attempt.
                counter = (counter ?? -1) + 1
                delays.append(RetryPolicy.resque.delay(.init(number: counter!, exception: "E", message: "m")))
            } else {
                switch disposition(.failed(failure(.resque)), counter: counter.map(String.init)) {
                case .retryNow(_, _, _, let number):
                    counter = number
                    delays.append(.zero)
                case .retryLater(let retry):
                    counter = retry.counter
                    delays.append(.seconds(retry.epoch - Self.now))
                case .failed, .done:
                    delays.append(nil)
                }
            }
        }
        #expect(delays == [0, 60, 600, 3600, 10800, 21600].map { .seconds($0) } + [nil])
    }

    @Test(arguments: [nil, "", "abc", "-5", "-9223372036854775808", "99999999999999999999"] as [String?])
    func counterWithoutMeaningCountsAsNone(counter: String?) {
        guard case .retryNow(_, _, _, 0) = disposition(.failed(failure(.resque)), counter: counter) else {
            Issue.record("not the first retry")
            return
        }
    }

    @Test func withoutRetryTheJobFailsAtOnce() {
        guard case .failed(_, deleting: nil) = disposition(.failed(failure(nil)), counter: nil, key: nil),
            case .failed(_, deleting: Self.key) = disposition(.cancelled(failure(RetryPolicy.none)), counter: "0")
        else {
            Issue.record("not failed")
            return
        }
    }

    @Test(arguments: [
        (Duration.milliseconds(999), 0), (.milliseconds(1000), 1), (.milliseconds(1001), 2), (.seconds(-5), 0),
        (.seconds(Int64.max), 3_155_760_000),
    ])
    func delaysAreWholeSeconds(delay: Duration, seconds: Int) {
        switch disposition(.failed(failure(RetryPolicy { _ in delay })), counter: nil) {
        case .retryNow: #expect(seconds == 0)
        case .retryLater(let retry):
            #expect(retry.epoch - Self.now == seconds)
            #expect(retry.failureLifetime == 2 * seconds)
        case .done, .failed: Issue.record("not retried")
        }
    }

    @Test func policyGetsTheError() {
        let policy = RetryPolicy { $0.exception == "RuntimeError" && $0.message == "no \"luck\"" ? .seconds(9) : nil }
        guard case .retryLater = disposition(.failed(failure(policy)), counter: nil) else {
            Issue.record("not retried")
            return
        }
    }

    @Test func longTextsAreShortenedWithANote() throws {
        var failure = failure(nil)
        failure.exception = String(repeating: "E", count: 2000)
        failure.message = String(repeating: "é", count: 100_000) + "end"
        failure.backtrace = (0..<150).map { "line \($0) " + String(repeating: "-", count: 5000) }
        guard case .failed(let bytes, _) = disposition(.failed(failure), counter: nil) else {
            Issue.record("not failed")
            return
        }
        let entry = try JSONValue.parse(bytes)
        #expect(entry["exception"]?.string == String(repeating: "E", count: 1024) + "… (2000 bytes)")
        #expect(entry["error"]?.string == String(repeating: "é", count: 4096) + "… (200003 bytes)")
        let lines = try #require(entry["backtrace"]?.elements)
        #expect(lines.count == 101)
        #expect(lines[99].string?.hasPrefix("line 99 ---") == true)
        #expect(lines[99].string?.hasSuffix("-… (5008 bytes)") == true)
        #expect(lines[100] == "… (50 more lines)")
    }

    @Test func cutNeverTearsACharacter() throws {
        var failure = failure(nil)
        failure.message = "x" + String(repeating: "é", count: 5000)
        guard case .failed(let bytes, _) = disposition(.failed(failure), counter: nil) else {
            Issue.record("not failed")
            return
        }
        #expect(
            try JSONValue.parse(bytes)["error"]?.string
                == "x" + String(repeating: "é", count: 4095) + "… (10001 bytes)")
    }

    @Test func elementThatIsNoJobIsKeptWithItsBytes() throws {
        let job = ReservedJob(element: [0xFF, 0x00], queue: "q")
        guard case .failed(let bytes, _) = disposition(.failed(failure(nil)), counter: nil, of: job) else {
            Issue.record("not failed")
            return
        }
        #expect(FailureEntry.element(of: try JSONValue.parse(bytes)) == [0xFF, 0x00])
    }
}
