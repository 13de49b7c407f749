import Foundation
import RedisTestSupport
import ResqueBus
import Synchronization
import Testing

/// Clients in Ruby and Swift add and remove jobs at the very times that a leader is moving.
extension ProcessFaults {
    @Test(.timeLimit(.minutes(1))) func whatIsRemovedIsNotMovedAndWhatIsNotIsMovedOnce() async throws {
        try await SchedulerFaultBench.run { bench, redis in
            let leader = try await bench.leader(redis)
            let book = RaceBook()
            let rubies = (0..<3).map { number in
                RepeatingThread(every: .milliseconds(1)) { [server = bench.server] in
                    let ruby = RubyClient(try server.connect())
                    var racer = Racer(name: "ruby \(number)", seed: 20_261_121 + UInt64(number))
                    return {
                        switch racer.next() {
                        case .add(let number, let times):
                            for time in times { try ruby.enqueue(racer.item(number), at: time) }
                            book.add(racer.job(number), times.count)
                        case .remove(let number, let time):
                            let item = racer.item(number)
                            let count =
                                try time.map { try ruby.removeDelayed(item, at: $0) } ?? ruby.removeDelayed(item)
                            book.remove(racer.job(number), count)
                        }
                    }
                }
            }
            try await Self.raceInSwift(on: bench.server, book, for: .seconds(6))
            for ruby in rubies { try ruby.finish() }
            try await pollUntil("everything is moved") { try bench.isMoved(redis) }
            try await bench.stop(leader, "race")
            try book.check(redis)
            #expect(try redis.call("KEYS", "resque:timestamps:*").strings == [])
            #expect(try redis.call("KEYS", "resque:delayed:1*").strings == [])
        }
    }

    private static func raceInSwift(on server: RedisServer, _ book: RaceBook, for duration: Duration) async throws {
        let bus = try Bus(redis: server.url)
        var racer = Racer(name: "swift", seed: 20_261_131)
        let end = ContinuousClock.now + duration
        while ContinuousClock.now < end {
            switch racer.next() {
            case .add(let number, let times):
                for time in times {
                    try await bus.enqueue(
                        Racer.className, .string(racer.name), .integer(number), to: Racer.queue, at: Self.date(time))
                }
                book.add(racer.job(number), times.count)
            case .remove(let number, let time?):
                let count = try await bus.delayed.remove(at: Self.date(time)) {
                    $0.arguments == [.string(racer.name), .integer(number)]
                }
                book.remove(racer.job(number), count)
            case .remove(let number, nil) where number % 2 == 0:
                let count = try await bus.delayed.remove(
                    Racer.className, .string(racer.name), .integer(number), from: Racer.queue)
                book.remove(racer.job(number), count)
            case .remove(let number, nil):
                _ = try await bus.delayed.run(
                    Racer.className, .string(racer.name), .integer(number), from: Racer.queue)
            }
        }
        await bus.close()
    }

    private static func date(_ second: Int) -> Date { Date(timeIntervalSince1970: Double(second)) }
}

/// What one client does next: it adds a job at one or two times, or removes one that may be moving at this moment.
private struct Racer {
    enum Step {
        case add(Int, times: [Int])
        case remove(Int, time: Int?)
    }

    static let className = "Race"
    static let queue = "race"

    let name: String
    private var chance: Chance
    /// The jobs that may still wait: number and times.
    private var waiting: [(number: Int, times: [Int])] = []
    private var last = 0

    init(name: String, seed: UInt64) {
        self.name = name
        chance = Chance(seed: seed)
    }

    mutating func next() -> Step {
        let now = DelayedLedger.second
        // Those of the present second are moved at this moment.
        let removable = waiting.indices.filter { waiting[$0].times[0] <= now + 1 }
        if chance.happens(45), let index = chance.pick(Array(removable)) {
            let (number, times) = waiting.remove(at: index)
            return .remove(number, time: times.count == 1 && chance.happens(40) ? times[0] : nil)
        }
        waiting.removeAll { $0.times[0] < now - 1 }
        last += 1
        let times = chance.happens(20) ? [now + 2, now + 3] : [now + 2]
        waiting.append((last, times))
        return .add(last, times: times)
    }

    private func arguments(_ number: Int) -> RubyValue { .array([.string(name), .integer(number)]) }
    func item(_ number: Int) -> String {
        RubyClient.delayedItem(Self.className, arguments(number), queue: Self.queue)
    }
    func job(_ number: Int) -> String { RubyClient.job(Self.className, arguments(number)) }
}

/// How often each job was added, and how often its removal was confirmed.
private final class RaceBook: Sendable {
    private struct Counts {
        var added: [String: Int] = [:]
        var removed: [String: Int] = [:]
    }
    private let counts = Mutex(Counts())

    func add(_ job: String, _ times: Int) { counts.withLock { $0.added[job, default: 0] += times } }
    func remove(_ job: String, _ times: Int) { counts.withLock { $0.removed[job, default: 0] += times } }

    func check(_ redis: RawRedis) throws {
        let (added, removed) = counts.withLock { ($0.added, $0.removed) }
        let moved = try redis.call("LRANGE", "resque:queue:\(Racer.queue)", "0", "-1").strings
            .reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        var (lost, doubled) = (0, 0)
        for (job, count) in added {
            let balance = count - (moved[job] ?? 0) - (removed[job] ?? 0)
            lost += max(0, balance)
            doubled += max(0, -balance)
        }
        let total = added.values.reduce(0, +)
        let removals = removed.values.reduce(0, +)
        print("race: \(total) added, \(removals) removed, lost \(lost), doubled or moved though removed \(doubled)")
        #expect(lost == 0 && doubled == 0)
        #expect(moved.keys.allSatisfy { added[$0] != nil })
        #expect(total > 1000 && removals > 100, "too little was going on")
    }
}
