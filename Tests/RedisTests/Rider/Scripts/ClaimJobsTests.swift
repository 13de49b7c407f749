import BusWire
import RedisTestSupport
import Testing

/// Every branch of `claim_jobs.lua`.
@Suite(.timeLimit(.minutes(1))) struct ClaimJobsTests {
    @Test func theFirstQueueThatHasJobsIsServed() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["1", "2", "3"], to: "second")
            try bench.push(["4"], to: "third")
            let queues = ["first", "second", "third"]
            #expect(try bench.claim(1, most: 2, queues: queues) == ["OK", "second", "1"])
            #expect(try bench.reserved(1) == ["1", "2"])
            #expect(try bench.queue("second") == ["3"])
            #expect(try bench.claim(2, most: 2, queues: queues) == ["OK", "second", "0"])
            #expect(try bench.claim(3, most: 2, queues: queues) == ["OK", "third", "0"])
            let record = try bench.redis.call("HGETALL", bench.record).fields
            #expect(record["claimed"] == "3")
            #expect([record["1"], record["2"], record["3"]] == ["second", "second", "third"])
            try bench.expectNoChange { try #expect(bench.claim(4, queues: queues) == ["EMPTY"]) }
        }
    }

    @Test func aQueueThatIsNoListIsNamedAndPassedOver() throws {
        try RiderScriptBench.run { bench in
            try bench.redis.call("SET", "resque:queue:odd", "text")
            #expect(try bench.claim(1, queues: ["odd", "jobs"]) == ["EMPTY", "odd"])
            try bench.push(["1"])
            #expect(try bench.claim(1, queues: ["odd", "jobs"]) == ["OK", "jobs", "0"])
        }
    }

    @Test func pauseAllWorkersIsReadAsRubyReadsIt() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["1", "2", "3", "4"])
            for text in ["true", " TRUE\n", "\tTrue\r\n", "true\0"] {
                try bench.redis.call("SET", "resque:pause-all-workers", text)
                try bench.expectNoChange { try #expect(bench.claim(1) == ["PAUSED"], "\(text.debugDescription)") }
            }
            for (sequence, text) in ["false", "", "true story"].enumerated() {
                try bench.redis.call("SET", "resque:pause-all-workers", text)
                #expect(try bench.claim(sequence + 1, most: 1)[0] == "OK", "\(text.debugDescription)")
            }
            try bench.redis.call("DEL", "resque:pause-all-workers")
            try bench.redis.call("RPUSH", "resque:pause-all-workers", "true")
            #expect(try bench.claim(4, most: 1)[0] == "OK", "a list")
        }
    }

    @Test func aSuspectIsClaimedAloneAndOnlyWhenNothingIsInHand() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b", "deadly", "c"])
            try bench.suspect("a", recoveries: 1)
            try bench.suspect("deadly", recoveries: 2)
            try bench.putBack(4)
            #expect(try bench.claim(1) == ["OK", "jobs", "2"])
            #expect(try bench.reserved(1) == ["a", "b"])
            try bench.expectNoChange { try #expect(bench.claim(2) == ["ALONE"]) }
            #expect(try bench.claim(2, isAlone: true) == ["OK", "jobs", "1", "2"])
            #expect(try bench.reserved(2) == ["deadly"])
            #expect(try bench.claim(2, isAlone: true) == ["REPLAY", "jobs", "2"])
            #expect(try bench.claim(3, isAlone: true) == ["OK", "jobs", "0"])
            #expect(try bench.reserved(3) == ["c"])
        }
    }

    /// A job was suspected and somebody else took it, a Ruby worker for one.
    @Test func aLeftoverSuspicionCostsNoCommandAndNoJobItsCompany() throws {
        try RiderScriptBench.run { bench in
            try bench.push((1...300).map { "job \($0)" })
            var answers: [[String]] = []
            var commands: [[String: Int]] = []
            for sequence in 1...2 {
                try bench.redis.call("CONFIG", "RESETSTAT")
                answers.append(try bench.claim(sequence, most: 100))
                commands.append(try bench.redis.callCounts())
                try bench.suspect("gone", recoveries: 2)
            }
            #expect(answers == [["OK", "jobs", "200"], ["OK", "jobs", "100"]])
            #expect(commands[0] == commands[1])
        }
    }

    @Test func aKeyThatIsNoHashAccusesNobodyAndStopsNothing() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b"])
            try bench.redis.call("SET", bench.bus.suspectJobs, "text")
            #expect(try bench.claim(1, most: 1) == ["OK", "jobs", "1"])
            #expect(try bench.settle(1, count: 1, done: [0]) == ["DONE"])
            #expect(try bench.claim(2) == ["OK", "jobs", "0"])
            #expect(
                try bench.recover(claimed: 2, settled: 1, batches: [(2, "jobs")], suspicion: 5000) == ["DONE", "1"])
            #expect(try bench.queue() == ["b"])
        }
    }

    @Test func aJobThatIsTooLargeIsNotMoved() throws {
        try RiderScriptBench.run { bench in
            try bench.push([String(repeating: "x", count: 5000), "small"])
            for copying in ["sort", "copy"] {
                try bench.expectNoChange {
                    try #expect(bench.claim(1, most: 1, copying: copying, mostJobBytes: 1000) == ["OVERSIZED", "jobs"])
                }
            }
        }
    }

    @Test func aClaimThatArrivesAgainMovesNothing() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["1", "2", "3"])
            try bench.claim(1, most: 2)
            try bench.expectNoChange { try #expect(bench.claim(1, most: 2) == ["REPLAY", "jobs"]) }
            try bench.settle(1, count: 2, done: [0, 1])
            #expect(try bench.claim(1, most: 2) == ["REPLAY"])
            #expect(try bench.queue() == ["3"])
        }
    }

    @Test func aClaimOutOfTurnOrWithoutRecordMovesNothing() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["1"])
            try bench.expectNoChange { try #expect(bench.claim(2) == ["GAP"]) }
            try bench.redis.call("DEL", bench.record)
            try bench.expectNoChange { try #expect(bench.claim(1) == ["FENCED"]) }
        }
    }

    @Test func whatAUserMayNotDoIsNotBegun() throws {
        let commands = [
            "del", "hset", "ltrim", "memory|usage", "sort", "hget", "llen", "lindex", "del sort", "evalsha eval",
        ]
        for command in commands {
            try RiderScriptBench.run { bench in
                try bench.push(["1", "2"])
                try bench.suspect("other", recoveries: 2)
                try bench.expectRefusal(without: command) { try bench.claim(1, on: $0) }
            }
        }
    }

    @Test func aBatchIsHalvedUntilItIsSmallEnough() throws {
        let jobs = (1...8).map { "\($0)" + String(repeating: "x", count: 10_000) }
        for copying in ["sort", "copy"] {
            try RiderScriptBench.run { bench in
                try bench.push(jobs)
                #expect(try bench.claim(1, copying: copying, mostBatchBytes: 25_000) == ["OK", "jobs", "6"])
                #expect(try bench.reserved(1) == Array(jobs[..<2]))
                #expect(try bench.queue() == Array(jobs[2...]))
            }
        }
    }

    @Test func aCopyMadeByHandIsTheSame() throws {
        let jobs = (1...200).map(String.init)
        try RiderScriptBench.run { bench in
            try bench.push(jobs)
            #expect(try bench.claim(1, most: 150, copying: "copy") == ["OK", "jobs", "50"])
            #expect(try bench.reserved(1) == Array(jobs[..<150]))
            #expect(try bench.claim(2, most: 150, copying: "copy") == ["OK", "jobs", "0"])
            #expect(try bench.reserved(2) == Array(jobs[150...]))
        }
    }
}
