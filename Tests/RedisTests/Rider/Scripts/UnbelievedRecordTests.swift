import BusWire
import RedisTestSupport
import Testing

/// A record of a rider that says what no rider wrote.
@Suite(.timeLimit(.minutes(1))) struct UnbelievedRecordTests {
    private static let wrong = Extremes.texts.filter { text in
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return !isNumber || text.count > 15
    }

    @Test(arguments: wrong) func aClaimOrASettlementByANumberThatNobodyWroteHasNoEffect(text: String) throws {
        try RiderScriptBench.run { bench in
            try bench.push(["1", "2"])
            try bench.claim(1)
            for field in ["claimed", "settled"] {
                let old = try bench.redis.call("HGET", bench.record, field).string ?? ""
                try bench.redis.call("HSET", bench.record, field, text)
                try bench.expectNoChange("\(field)") {
                    let answer = field == "claimed" ? try bench.claim(2) : try bench.settle(1, count: 2, done: [0, 1])
                    #expect(answer == ["UNBELIEVED", String(text.prefix(200))], "\(field)")
                }
                try bench.redis.call("HSET", bench.record, field, old)
            }
            #expect(try bench.settle(1, count: 2, done: [0, 1]) == ["DONE"])
        }
    }

    @Test func aRecordOfAnotherTypeIsNotBelieved() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["1", "2"])
            try bench.claim(1)
            try bench.redis.call("DEL", bench.record)
            try bench.redis.call("SET", bench.record, "no hash")
            try bench.expectNoChange {
                try #expect(bench.claim(2) == ["UNBELIEVED"])
                try #expect(bench.settle(1, count: 2, done: [0, 1]) == ["UNBELIEVED"])
            }
            #expect(try bench.recover(claimed: 1, batches: [(1, "jobs")]) == ["DONE", "2"])
            #expect(try bench.queue() == ["1", "2"])
            #expect(try bench.redis.call("EXISTS", bench.record).integer == 0)
        }
    }

    /// A count of recoveries that nobody counted neither sets a job aside nor stops the queue.
    @Test(arguments: Extremes.texts) func aCountThatNobodyCountedProvesNothing(text: String) throws {
        try RiderScriptBench.run { bench in
            try bench.push(["1"])
            let script = "return redis.call('HSET', KEYS[1], redis.sha1hex(ARGV[1]), ARGV[2])"
            try bench.redis.call("EVAL", script, "1", bench.bus.suspectJobs, "1", text)
            try bench.redis.call("HSET", bench.bus.suspectJobs, bench.bus.queue("jobs"), "1")
            let counted = text == "007" ? ["OK", "jobs", "0", "7"] : ["OK", "jobs", "0"]
            #expect(try bench.claim(1, isAlone: true) == counted)
        }
    }
}
