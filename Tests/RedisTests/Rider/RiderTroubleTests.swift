import BusProtocol
import BusRider
import BusSession
import BusWire
import LibevExecutor
import RedisConnection
import RedisTestSupport
import ResqueBus
import Testing

/// Bad elements, keys of the wrong type, a full memory, rights that are missing, connections that break.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderTroubleTests {
    private static let done = JobReport(.done)

    private func jobs(_ count: Int) -> [String] { (0..<count).map { "job \($0)" } }

    private func booked(_ book: RunBook) -> ScriptedPerformer {
        ScriptedPerformer {
            book.add($0)
            return Self.done
        }
    }

    @Test(.timeLimit(.minutes(1))) func elementsOfAnyKindAreKeptAndHoldNobodyBack() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let odd: [[UInt8]] = [
                [], [0, 255, 254], Array("{".utf8), Array("null".utf8), Array("17".utf8), Array("[1]".utf8),
                Array(#"{"class":1,"args":[]}"#.utf8), Array(#"{"class":"Nobody","args":[]}"#.utf8),
                Array(repeating: UInt8(ascii: "["), count: 5000),
                Array(#"{"class":"QueueBus::Worker","args":["{"]}"#.utf8),
            ]
            let runs = RunCount()
            let application = Application("app") {
                Job("Job", queue: "jobs") { (_: JobArguments) in _ = runs.increment() }
            }
            let rider = bench.rider(try bench.riderConfiguration(["jobs"]), try JobRouter([application]))
            try await bench.whileRunning(rider) {
                for element in odd {
                    let push = [Array("RPUSH".utf8), Array("resque:queue:jobs".utf8)]
                    try redis.call(push + [Array(#"{"class":"Job","args":[]}"#.utf8), element])
                }
                try await pollUntil("all are settled") {
                    try redis.call("GET", "resque:stat:processed").string == String(2 * odd.count)
                }
            }
            #expect(runs.value == odd.count)
            let entries = try redis.call("LRANGE", "resque:failed", "0", "-1").array ?? []
            let kept = entries.compactMap { reply -> [UInt8]? in
                guard case .bytes(let bytes) = reply, let json = try? JSONValue.parse(bytes) else { return nil }
                return FailureEntry.element(of: json)
            }
            #expect(Set(kept) == Set(odd))
        }
    }

    @Test(.timeLimit(.minutes(1))) func aJobThatIsTooLargeIsSetAside() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let large = [UInt8](repeating: UInt8(ascii: "x"), count: (48 << 20) + 1)
            try redis.call([
                Array("RPUSH".utf8), Array("resque:queue:jobs".utf8), Array("a".utf8), large, Array("b".utf8),
            ])
            let book = RunBook()
            try await bench.whileRunning(bench.rider(try bench.riderConfiguration(["jobs"]), booked(book))) {
                try await pollUntil("the neighbours are run") { book.jobs == ["a", "b"] }
                try await pollUntil("they are counted") { try redis.call("GET", "resque:stat:processed").string == "3" }
            }
            let lists = try redis.call("KEYS", "resque:busdriver:oversized:*").strings
            #expect(lists.count == 1)
            #expect(try redis.call("LLEN", lists[0]).integer == 1)
            let entry = try #require(try redis.call("LINDEX", "resque:failed", "0").string)
            #expect(entry.contains(lists[0]) && entry.contains(#""queue":"jobs""#) && entry.utf8.count < 2000)
        }
    }

    /// F7: the same while `failed` is something else. The job moves once, and its queue goes on.
    @Test(.timeLimit(.minutes(1))) func anOversizedJobIsSetAsideWhileFailedIsNoList() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let large = [UInt8](repeating: UInt8(ascii: "x"), count: (48 << 20) + 1)
            try redis.call([Array("RPUSH".utf8), Array("resque:queue:jobs".utf8), large, Array("a".utf8)])
            try redis.call("SET", "resque:failed", "text")
            let (book, log) = (RunBook(), CapturedLog())
            let rider = bench.rider(try bench.riderConfiguration(["jobs"]), log: log, booked(book))
            try await bench.whileRunning(rider) {
                try await pollUntil("the neighbour is run") { book.jobs == ["a"] }
                #expect(try redis.call("KEYS", "resque:busdriver:oversized:*").strings.count == 1)
                #expect(try redis.call("LLEN", "resque:busdriver:failed").integer == 1)
                #expect(log.lines(with: "failures wait").count == 1, "\(log.lines)")
                try redis.call("DEL", "resque:failed")
                try await pollUntil("the entry is in failed") { try redis.call("LLEN", "resque:failed").integer == 1 }
                #expect(await rider.statistics.reconnects == 0)
            }
        }
    }

    /// Together they would hold Redis up, and be more than a command can carry.
    @Test(.timeLimit(.minutes(1))) func largeJobsThatFailTogetherAreSettledInParts() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], concurrency: 20),
                ScriptedPerformer { _ in
                    await gate.pass()
                    return JobReport(.failed(JobFailure(exception: "E", message: "m")))
                })
            try await bench.whileRunning(rider) {
                let filling = String(repeating: "x", count: 256 << 10)
                for number in 1...20 {
                    try redis.call("RPUSH", "resque:queue:jobs", #"{"class":"Job","args":[\#(number),"\#(filling)"]}"#)
                }
                try await pollUntil("all run") { gate.arrivals == 20 }
                gate.open()
                try await pollUntil("all are kept") { try redis.call("LLEN", "resque:failed").integer == 20 }
                #expect(await rider.statistics.settlements >= 5)
            }
        }
    }

    /// The connection is cut while the failure waits in the place that all roles have for that.
    @Test(.timeLimit(.minutes(1))) func aFailureIsStoredOnceFailedIsAListAgain() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("SET", "resque:failed", "text")
            let log = CapturedLog()
            let book = RunBook()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"]), log: log,
                ScriptedPerformer {
                    book.add($0)
                    guard $0.text == "bad" else { return Self.done }
                    return JobReport(.failed(JobFailure(exception: "E", message: "m")))
                })
            try await bench.whileRunning(rider) {
                _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs", "bad"] + jobs(20))
                try await pollUntil("the log names it: \(log.lines)") { !log.lines(with: "resque:failed").isEmpty }
                try await pollUntil("all are settled") { try redis.call("GET", "resque:stat:processed").string == "21" }
                #expect(try redis.call("LLEN", "resque:busdriver:failed").integer == 1)
                #expect(try redis.call("KEYS", "resque:busdriver:reserved:*").strings.isEmpty)
                try redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
                try redis.call("DEL", "resque:failed")
                try await pollUntil("it is stored", within: .seconds(4)) {
                    try redis.call("LLEN", "resque:failed").integer == 1
                }
            }
            #expect(book.repeated == 0)
            #expect(try redis.call("GET", "resque:stat:failed").string == "1")
        }
    }

    /// Jobs are claimed ahead, their queue becomes something else, and they ought to go back.
    @Test(.timeLimit(.minutes(1))) func jobsWaitUntilTheirQueueIsAListAgain() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let book = RunBook()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], concurrency: 1),
                ScriptedPerformer {
                    if $0.text == "slow" {
                        await gate.pass()
                        return JobReport(.failed(JobFailure(exception: "E", message: "m")))
                    }
                    book.add($0)
                    return Self.done
                })
            try await bench.whileRunning(rider) {
                for _ in 1...10 { _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs(500)) }
                _ = try redis.pipeline([["RPUSH", "resque:queue:jobs"] + jobs(100) + ["slow"] + jobs(50)])
                try await pollUntil("the slot is held") { gate.arrivals == 1 }
                try redis.call("DEL", "resque:queue:jobs")
                try redis.call("SET", "resque:queue:jobs", "text")
                gate.open()
                try await pollUntil("the slow one has failed") { try redis.call("LLEN", "resque:failed").integer == 1 }
                try redis.call("DEL", "resque:queue:jobs")
                try redis.call("RPUSH", "resque:queue:jobs", "last")
                try await pollUntil("the rider works on") { book.contains("last") }
                try await pollUntil("everything is settled") { try redis.residue().count <= 3 }
            }
            #expect(try redis.call("LLEN", "resque:failed").integer == 1)
            #expect(try redis.residue() == [])
        }
    }

    @Test(.timeLimit(.minutes(1))) func jobsInHandAreSettledWhileMemoryIsFull() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let book = RunBook()
            let log = CapturedLog()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"]), log: log,
                ScriptedPerformer {
                    await gate.pass()
                    book.add($0)
                    return Self.done
                })
            try await bench.whileRunning(rider) {
                _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs(50))
                try await pollUntil("the slots are held") { gate.arrivals == 4 }
                try redis.call("CONFIG", "SET", "maxmemory", "1")
                gate.open()
                try await pollUntil("what was in hand is settled") {
                    try redis.call("GET", "resque:stat:processed").string.flatMap { Int($0) } ?? 0 >= 4
                }
                try await pollUntil("the log says it: \(log.lines)") { !log.lines(with: "OOM").isEmpty }
                try redis.call("CONFIG", "SET", "maxmemory", "0")
                try await pollUntil("everything is settled") {
                    try redis.call("GET", "resque:stat:processed").string == "50"
                }
            }
            #expect(book.count == 50 && book.repeated == 0)
            #expect(log.lines.count < 20, "\(log.lines)")
        }
    }

    /// A claim that takes effect and whose jobs cannot be read must not strand them.
    @Test(.timeLimit(.minutes(1))) func reservedJobsThatMayNotBeReadAreReadLater() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            var configuration = try bench.riderConfiguration(["jobs"])
            configuration.redis = try bench.redisConfiguration(ofUserWithout: [])
            let log = CapturedLog()
            let book = RunBook()
            let rider = bench.rider(configuration, log: log, booked(book))
            try await bench.whileRunning(rider) {
                try redis.call("RPUSH", "resque:queue:jobs", "first")
                try await pollUntil("it works") { try redis.call("GET", "resque:stat:processed").string == "1" }
                try redis.call("ACL", "SETUSER", "bus", "-lrange")
                _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs(49))
                try await pollUntil("the log says it") { !log.lines(with: "lrange").isEmpty }
                #expect(try redis.call("LLEN", "resque:queue:jobs").integer ?? 0 >= 45, "only one batch is reserved")
                try redis.call("ACL", "SETUSER", "bus", "+lrange")
                try await pollUntil("everything is settled") {
                    try redis.call("GET", "resque:stat:processed").string == "50"
                }
            }
            #expect(book.count == 50 && book.repeated == 0)
        }
    }

    /// Its connection is cut, another rider recovers its jobs, it is told to stop, and only then the handler ends.
    @Test(.timeLimit(.minutes(1))) func aRiderThatWasRecoveredWhileItStopsEndsInPeace() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], lease: .seconds(15)),
                ScriptedPerformer { _ in
                    await gate.pass()
                    return Self.done
                })
            let running = bench.start(rider)
            try redis.call("RPUSH", "resque:queue:jobs", "1")
            try await pollUntil("it runs") { gate.arrivals == 1 }
            let id = try #require(try redis.call("ZRANGE", "resque:busdriver:riders", "0", "-1").strings.first)
            let answers = try redis.pipeline([
                ["MULTI"], ["RENAME", "resque:busdriver:r:\(id)", "gone"], ["DEL", "resque:busdriver:lease:\(id)"],
                ["ZREM", "resque:busdriver:riders", id], ["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"],
                ["EXEC"],
            ])
            #expect(answers[5].array?.count == 4)
            await rider.stop(within: nil)
            let ended = RunCount()
            let watching = Task(executorPreference: bench.executor) {
                defer { _ = ended.increment() }
                return try await running.value
            }
            gate.open()
            try await pollUntil("the rider has ended") { ended.value == 1 }
            #expect(try await watching.value == .finished)
            #expect(try redis.call("GET", "resque:stat:processed") == .null)
        }
    }
}
