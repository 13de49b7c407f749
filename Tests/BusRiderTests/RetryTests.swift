import BusRider
import Testing

@Suite(.timeLimit(.minutes(1))) struct RetryKeyTests {
    /// The digests are Ruby's `Digest::SHA1.hexdigest`.
    static let keys: [(className: String, arguments: String, name: String)] = [
        (
            "QueueBus::Worker", #"{"bus_event_type":"user_created"}"#,
            "resque-retry:QueueBus::Worker:e0f4b97f9e2109e630b133dd7a611cf98ab1c7a1"
        ),
        ("Emailer", "a-1-né", "resque-retry:Emailer:3a6a273c223ad0f293ec48970a5d859620de68ba"),
        ("QueueBus::Worker", "", "resque-retry:QueueBus::Worker"),
        ("::QueueBus::Worker", "", "resque-retry:QueueBus::Worker"),
        (" A\tB\nC\u{B}D\u{C}E\rF ", "", "resque-retry:ABCDEF"),
        ("Émile\u{A0}", "", "resque-retry:Émile\u{A0}"),
        ("", "", "resque-retry:"),
    ]

    @Test(arguments: keys)
    func isRubysName(className: String, arguments: String, name: String) {
        let key = RetryKey(className: className, arguments: arguments)
        #expect(key.name.utf8.elementsEqual(name.utf8))
        #expect(key.failureName == "failure-" + name)
    }

    @Test func keysThatRubyKeepsApartDiffer() {
        let composed = RetryKey(className: "Caf\u{E9}", arguments: "")
        let decomposed = RetryKey(className: "Cafe\u{301}", arguments: "")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
    }
}

@Suite(.timeLimit(.minutes(1))) struct RetryPolicyTests {
    private func delays(of policy: RetryPolicy, _ runs: Int) -> [Duration?] {
        (0..<runs).map { policy.delay(.init(number: $0, exception: "E", message: "m")) }
    }

    @Test func resqueRetriesSixTimes() {
        let seconds = [0, 60, 600, 3600, 10800, 21600]
        #expect(delays(of: .resque, 8) == seconds.map { .seconds($0) } + [nil, nil])
    }

    @Test func noneNeverRetries() {
        #expect(delays(of: .none, 2) == [nil, nil])
    }

    @Test func exponentialGrowsToItsLimit() {
        let policy = RetryPolicy.exponential(first: .seconds(2), factor: 3, most: .seconds(20), retries: 4)
        #expect(delays(of: policy, 5) == [.seconds(2), .seconds(6), .seconds(18), .seconds(20), nil])
    }

    @Test func jitterTakesItsShareOfTheDelay() {
        let half = RetryPolicy.exponential(first: .seconds(8), jitter: 0.5, retries: 1, random: { 0.5 })
        #expect(delays(of: half, 1) == [.seconds(6)])
        let whole = RetryPolicy.exponential(first: .seconds(8), jitter: 1, retries: 1, random: { 0.75 })
        #expect(delays(of: whole, 1) == [.seconds(2)])
    }

    @Test(arguments: [0, 0.5, 1, 10, .infinity] as [Double])
    func growsWithoutOverflow(factor: Double) {
        let policy = RetryPolicy.exponential(first: .seconds(1), factor: factor, retries: .max)
        for number in [0, 1, 100, 5000] {
            let delay = policy.delay(.init(number: number, exception: "E", message: "m"))
            #expect(delay.map { (.zero ... .seconds(21600)).contains($0) } == true)
        }
    }
}
