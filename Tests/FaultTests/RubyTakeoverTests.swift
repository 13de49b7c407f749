import FoundationEssentials
import Glibc
import RedisTestSupport
import Testing

/// An operator stops resque-scheduler and starts busdriver.
extension ProcessFaults {
    @Test(.timeLimit(.minutes(1))) func busdriverTakesOverWhatRubyLeft() async throws {
        try await SchedulerFaultBench.run { bench, redis in
            let takeover = try Takeover(bench: bench, redis: redis)
            let process = try bench.successorOfRuby()
            let last = takeover.contents.now + 11
            try await pollUntil("what is due has been moved: \(process.log)", within: .seconds(25)) {
                try DelayedLedger.second > last && redis.call("LLEN", "resque:queue:bus_incoming").integer == 0
            }
            try takeover.checkRemoval()
            try await bench.stop(process, "takeover")
            #expect(process.log.contains("worker-1.example.org:22095"), "nobody warned: \(process.log)")

            let trace = SchedulerTrace(try takeover.monitor.finish())
            try takeover.checkPushes(trace)
            try takeover.checkRecurring(trace)
            takeover.checkHeartbeats(trace)
            try takeover.checkDriver()
            try takeover.checkRemains()
        }
    }
}

extension SchedulerFaultBench {
    /// Starts a driver and scheduler with a schedule of its own, as the operator does.
    fileprivate func successorOfRuby() throws -> BusDriverProcess {
        let file = "\(server.directory)/resque_schedule.yml"
        try """
        cleanup:
          cron: "* * * * * *"
          class: Cleanup
          queue: recurring
          args:
            - {older_than: 3600, names: ["é", 1.50]}
        """.write(toFile: file, atomically: false, encoding: .utf8)
        return try BusDriverProcess(
            on: server, arguments: ["--roles", "driver,scheduler", "--schedule", file, "--time-zone", "Europe/Paris"])
    }
}

/// The contents before, and what must have become of them.
private struct Takeover {
    let contents: RubyContents
    let monitor: RedisMonitor
    private let redis: RawRedis
    private let began: Int

    /// Whether things were pushed in time: 5 ms are wanted of a release build on a quiet machine, and a busy one may
    /// hold up some.
    private static func isPunctual(_ late: Lateness) -> Bool { late.median < 50_000 && late.highest < 500_000 }

    init(bench: SchedulerFaultBench, redis: RawRedis) throws {
        self.redis = redis
        // From the beginning of a second, so that the lock has its whole time before the first job falls due.
        contents = try RubyContents(now: DelayedLedger.second)
        try contents.write(to: redis)
        began = DelayedLedger.now
        monitor = try SchedulerTrace.monitor(bench.server)
    }

    private static func isOrphan(_ element: String) -> Bool { element.contains(#""class":"Orphan""#) }

    private var due: [RubyContents.Push] { contents.pushes.filter { $0.due <= contents.now + 60 } }

    /// Everything that was due was pushed once, in Ruby's bytes and order, not early and not late; the rest was not.
    func checkPushes(_ trace: SchedulerTrace) throws {
        let lock = try #require(trace.lockChanges.first).time
        #expect(lock - began >= 2_900_000, "Ruby's lock had not ended")
        var lateness: [Int] = []
        let known = Set(contents.pushes.map(\.element))
        for queue in Set(contents.pushes.map(\.queue)) {
            let pushed = trace.pushes.filter {
                $0.queue == queue && known.contains(String(decoding: $0.element, as: UTF8.self))
            }
            let expected = due.filter { $0.queue == queue }
            let elements = pushed.map { String(decoding: $0.element, as: UTF8.self) }
            // What a client that died has left is looked for when nothing else is due.
            #expect(elements.filter(Self.isOrphan) == expected.map(\.element).filter(Self.isOrphan))
            let punctual = pushed.filter { !Self.isOrphan(String(decoding: $0.element, as: UTF8.self)) }
            let expectedThen = expected.filter { !Self.isOrphan($0.element) }
            #expect(elements.filter { !Self.isOrphan($0) } == expectedThen.map(\.element), "queue \(queue)")
            for (push, expectation) in zip(punctual, expectedThen) {
                lateness.append(trace.lateness(of: push.time, due: expectation.due * 1_000_000))
            }
            let isOthers = ["bus_incoming", "recurring", "shop_default"].contains(queue)
            let strangers = trace.pushes.count { $0.queue == queue } - pushed.count
            #expect(isOthers || strangers == 0, "queue \(queue)")
        }
        print("takeover: \(lateness.count) delayed jobs, late \(Lateness(lateness))")
        #expect(lateness.allSatisfy { $0 >= 0 }, "early")
        #expect(Self.isPunctual(Lateness(lateness)))
    }

    /// The file's schedule and those that applications have set fire each second, once.
    func checkRecurring(_ trace: SchedulerTrace) throws {
        let jobs = [
            "cleanup": #"{"class":"Cleanup","args":[{"older_than":3600,"names":["é",1.5]}]}"#,
            "sweep": #"{"class":"Sweep","args":["now",{"depth":2}]}"#, "pulse": #"{"class":"Pulse","args":[]}"#,
        ]
        let pushed = trace.pushes.filter { $0.queue == "recurring" }
        for (name, job) in jobs {
            let firings = trace.firings.filter { $0.name == name }
            let times = firings.map(\.due)
            #expect(times.count >= 6, "\(name)")
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == 1000 }, "\(name): \(times)")
            let late = Lateness(firings.map { trace.lateness(of: $0.time, due: $0.due * 1000) })
            print("takeover: \(name) fired \(times.count) times, late \(late)")
            #expect(firings.allSatisfy { $0.time >= $0.due * 1000 } && Self.isPunctual(late), "\(name)")
            #expect(pushed.count { $0.element.elementsEqual(job.utf8) } == times.count, "\(name)")
        }
        #expect(pushed.count == trace.firings.count, "something else fired")
        let fired = try redis.call("HGETALL", "resque:delayed:last_enqueued_at").fields
        #expect(Set(fired.keys) == Set(jobs.keys).union(["nightly"]))
        for name in jobs.keys {
            #expect(fired[name]?.wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}/) != nil, "\(fired)")
        }
    }

    /// The minutes that were missed, and those since, each once.
    func checkHeartbeats(_ trace: SchedulerTrace) {
        let minutes = trace.pushes.compactMap { push in
            String(decoding: push.element, as: UTF8.self).firstMatch(of: /\\"epoch_minutes\\":(\d+)/)
                .flatMap { Int($0.1) }
        }
        let first = contents.now / 60 - 2
        #expect(minutes.count >= 3 && minutes == Array(first..<first + minutes.count))
    }

    /// Delayed events were published and driven to their rider.
    func checkDriver() throws {
        let jobs = try redis.call("LRANGE", "resque:queue:shop_default", "0", "-1").strings
        let orders = jobs.compactMap { $0.firstMatch(of: /\\"order\\":(\d)/).flatMap { Int($0.1) } }
        #expect(orders.sorted() == [1, 2, 3, 5])
    }

    /// `remove_delayed` finds what still waits, and nothing else.
    func checkRemoval() throws {
        let ruby = RubyClient(redis)
        let again = RubyClient.delayedItem("Again", ["and again"], queue: "repeats")
        #expect(try ruby.removeDelayed(again) == 1)
        let bob = RubyClient.delayedItem("Reminder", [2, ["to": "bob@example.org"]], queue: "mailers")
        #expect(try ruby.removeDelayed(bob, at: contents.now + 3600) == 1)
        let gone = RubyClient.delayedItem("NoArguments", [], queue: "mailers")
        #expect(try ruby.removeDelayed(gone) == 0)
    }

    /// What a Ruby scheduler finds when it takes over again: a free lock, what is due tomorrow, and no key that it does
    /// not know.
    func checkRemains() throws {
        let tomorrow = contents.now + 86_400
        #expect(try redis.call("ZRANGE", "resque:delayed_queue_schedule", "0", "-1").strings == [String(tomorrow)])
        let item = try redis.call("LRANGE", "resque:delayed:\(tomorrow)", "0", "-1").strings
        #expect(item.count == 1)
        let known = [
            "resque:bus:heartbeat:timestamp", "resque:bus_app:shop", "resque:bus_apps", "resque:persistent_schedules",
            "resque:queues", "resque:stat:processed", "resque:delayed_queue_schedule", "resque:delayed:\(tomorrow)",
            "resque:delayed:last_enqueued_at", "resque:timestamps:\(item.first ?? "")",
            "resque:resque-retry:QueueBus::Worker:0123456789012345678901234567890123456789",
        ]
        let keys = try redis.call("KEYS", "*").strings.filter { !$0.hasPrefix("resque:busdriver:") }
        #expect(Set(keys.filter { !$0.hasPrefix("resque:queue:") }) == Set(known))
        let mails = try redis.call("LRANGE", "resque:queue:mailers", "0", "1").strings
        #expect(mails == [#"{"class":"WelcomeMail","args":[17]}"#, #"{"class":"WelcomeMail","args":[18]}"#])

        let acquire =
            "if redis.call('SETNX', KEYS[1], ARGV[1]) == 1 then return redis.call('EXPIRE', KEYS[1], ARGV[2]) end"
        let ruby = try redis.call("EVAL", acquire, "1", SchedulerTrace.lock, "worker-1.example.org:22099", "180")
        #expect(ruby == .integer(1))
    }
}
