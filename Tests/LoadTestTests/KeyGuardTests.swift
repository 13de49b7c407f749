import BusWire
import Glibc
import LibevExecutor
import RedisConnection
import RedisTestSupport
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1)))
final class KeyGuardTests {
    private let server: RedisServer
    private let raw: RawRedis
    private let executor = LibevExecutor(name: "test")
    private let bus = BusKeys(namespace: "lt")
    private let stamp = EventStamp(run: "0a1b2c3d")
    private let workload: GeneratedWorkload

    init() throws {
        server = try RedisServer()
        raw = try server.connect()
        workload = try GeneratedWorkload(Scenario.Shape(), seed: 1)
    }

    deinit { executor.stop() }

    // MARK: - The start

    @Test func anEmptyDatabaseIsEmptyAgainAfterwards() async throws {
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: false)
        try await keyGuard.writeSubscriptions(of: workload)
        #expect(try strings("SMEMBERS", bus.apps).sorted() == workload.applications.map(\.name).sorted())
        for application in workload.applications {
            #expect(try integer("HLEN", bus.app(application.name)) == application.records.count)
        }
        try await keyGuard.note(stamp)
        try publishAndDeliver(5)
        try await keyGuard.cleanUp()
        #expect(try strings("KEYS", "*") == [])
        try await keyGuard.cleanUp()
    }

    @Test func keysOfOthersAreRefused() async throws {
        try raw.call("MSET", "users:1", "ann", "users:2", "bob")
        try raw.call("RPUSH", "lt:queue:bus_incoming", "event")
        let error = await #expect(throws: SetupError.self) { try await makeGuard().begin(force: false) }
        #expect(error?.description.contains("holds 3 keys") == true)
        #expect(error?.description.contains("--force") == true)
        #expect(try integer("DBSIZE") == 3)
    }

    @Test func forcedItLeavesKeysOfOthersAsTheyAre() async throws {
        try raw.call("SET", "users:1", "ann")
        try raw.call("SADD", bus.apps, "billing")
        try raw.call("HSET", bus.app("billing"), "k", "record")
        try raw.call("SADD", bus.queues, "billing_default", "bus_incoming")
        try raw.call("RPUSH", bus.queue("billing_default"), "job")
        let before = try snapshot()
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: true)
        try await keyGuard.writeSubscriptions(of: workload)
        try await keyGuard.note(stamp)
        try publishAndDeliver(5)
        try await keyGuard.cleanUp()
        #expect(try snapshot() == before)
    }

    @Test func bookkeepingOfDriversIsNoKeyOfOthers() async throws {
        try raw.call("SET", bus.stat("processed"), "7")
        try raw.call("SADD", bus.workers, "h:1:q")
        try raw.call("SET", bus.workerStarted("h:1:q"), "now")
        try raw.call("ZADD", bus.drivers, "1", "h:1:abc")
        let before = try snapshot()
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: false)
        try await keyGuard.note(driver: getpid())
        try await keyGuard.cleanUp()
        #expect(try snapshot() == before)
    }

    @Test(arguments: [false, true]) func namesInUseAreRefusedEvenWhenForced(_ isQueue: Bool) async throws {
        if isQueue {
            try raw.call("RPUSH", bus.queue(workload.queues[2]), "job")
        } else {
            try raw.call("SADD", bus.apps, workload.applications[2].name)
        }
        let before = try snapshot()
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: true)
        let error = await #expect(throws: SetupError.self) { try await keyGuard.writeSubscriptions(of: workload) }
        let name = isQueue ? workload.queues[2] : workload.applications[2].name
        #expect(error?.description.contains("\(isQueue ? "queue" : "application") \(name)") == true)
        try await keyGuard.cleanUp()
        #expect(try snapshot() == before)
    }

    @Test func aSecondWorkloadTakesThePlaceOfTheFirst() async throws {
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: false)
        try await keyGuard.writeSubscriptions(of: workload)
        try await keyGuard.note(stamp)
        try publishAndDeliver(5)
        var shape = Scenario.Shape()
        shape.applications = 2
        try await keyGuard.writeSubscriptions(of: GeneratedWorkload(shape, seed: 2))
        #expect(try strings("SMEMBERS", bus.apps).count == 2)
        #expect(try integer("EXISTS", bus.queue(workload.queues[0]), bus.queue("bus_incoming"), bus.failed) == 0)
        try await keyGuard.cleanUp()
        #expect(try strings("KEYS", "*") == [])
    }

    // MARK: - Other load tests

    @Test func whatAKilledTestLeftIsRemovedByTheNext() async throws {
        let killed = try await makeGuard()
        try await killed.begin(force: false)
        try await killed.writeSubscriptions(of: workload)
        try await killed.note(stamp)
        try publishAndDeliver(5)
        try replaceOwner(with: .owner(host: LocalHost.name, process: Self.noProcess))
        let next = try await makeGuard()
        try await next.begin(force: false)
        #expect(try strings("KEYS", "*") == [bus.loadTest])
        try await next.cleanUp()
        #expect(try strings("KEYS", "*") == [])
    }

    @Test func aTestThatRunsIsNotDisturbedEvenWhenForced() async throws {
        let mark = KeyMark.owner(host: LocalHost.name, process: getppid())
        try raw.call("SADD", bus.loadTest, mark.text, KeyMark.application("a").text)
        try raw.call("SADD", bus.apps, "a")
        let before = try snapshot()
        for force in [false, true] {
            let error = await #expect(throws: SetupError.self) { try await makeGuard().begin(force: force) }
            #expect(error?.description.contains("process \(getppid())") == true)
        }
        #expect(try snapshot() == before)
    }

    @Test func ofATestOnAnotherHostNobodyKnowsWhetherItRuns() async throws {
        try raw.call("SADD", bus.loadTest, KeyMark.owner(host: "elsewhere", process: 1).text)
        await #expect(throws: SetupError.self) { try await makeGuard().begin(force: false) }
        try await makeGuard().begin(force: true)
    }

    // MARK: - What is removed

    @Test func onlyOurEventsLeaveTheSharedLists() async throws {
        let incoming = bus.queue("bus_incoming")
        try raw.call("RPUSH", incoming, "first of others")
        try raw.call("RPUSH", bus.failed, "{}", "no json ~lt-ffffffff-000000000001")
        let before = try snapshot()
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: true)
        try await keyGuard.writeSubscriptions(of: workload)
        try await keyGuard.note(stamp)
        try publishAndDeliver(1500)
        try raw.call("RPUSH", incoming, "last of others")
        try await keyGuard.cleanUp()
        #expect(try strings("LRANGE", incoming, "0", "-1") == ["first of others", "last of others"])
        try raw.call("RPOP", incoming)
        #expect(try snapshot() == before)
    }

    /// A driver that puts an element into `failed` that Ruby could not read writes it in Base64.
    @Test func failuresAreFoundInBase64() async throws {
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: false)
        try await keyGuard.note(stamp)
        // Longer than what is shown as text.
        var element = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
        stamp.append(1, to: &element)
        let entry = FailureEntry(failedAt: 0, exception: "E", message: "m", worker: "w", queue: "q")
        let bytes = element.withUnsafeBytes { entry.encoded(for: $0) }
        try raw.call([Array("RPUSH".utf8), Array(bus.failed.utf8), bytes])
        try await keyGuard.cleanUp()
        #expect(try strings("KEYS", "*") == [])
    }

    @Test(arguments: [false, true]) func aDriversTracesGo(isShared: Bool) async throws {
        if isShared { try raw.call("SET", "users:1", "ann") }
        try raw.call("SADD", bus.workers, "other:1:q")
        try raw.call("ZADD", bus.drivers, "1", "other:1:abc")
        let before = try snapshot()
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: isShared)
        try await keyGuard.note(stamp)
        let id = "\(LocalHost.name):\(Self.noProcess):abc"
        try await keyGuard.note(driver: Self.noProcess)
        try raw.call("SADD", bus.workers, "\(LocalHost.name)+swift:\(Self.noProcess):bus_incoming")
        try raw.call("ZADD", bus.drivers, "2", id)
        try raw.call("HSET", bus.driver(id), "queue", "bus_incoming")
        try raw.call([Array("RPUSH".utf8), Array(bus.inFlight(id, 1).utf8), element(1)])
        try raw.call("SET", bus.stat("processed"), "5")
        try raw.call("RPUSH", bus.inFlight("other:1:abc", 1), "event of others")
        try await keyGuard.cleanUp()
        // A counter may be another's, where others are.
        #expect(try integer("DEL", bus.stat("processed")) == (isShared ? 1 : 0))
        // And so may events without our stamp.
        #expect(try integer("DEL", bus.inFlight("other:1:abc", 1)) == 1)
        #expect(try snapshot() == before)
    }

    @Test func cleansUpAfterTheConnectionWasLost() async throws {
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: false)
        try await keyGuard.writeSubscriptions(of: workload)
        try raw.call("CLIENT", "KILL", "TYPE", "normal")
        try await keyGuard.cleanUp()
        #expect(try strings("KEYS", "*") == [])
    }

    @Test func cleansUpInATaskThatWasCancelled() async throws {
        let keyGuard = try await makeGuard()
        try await keyGuard.begin(force: false)
        try await keyGuard.writeSubscriptions(of: workload)
        let cleaning = Task {
            while !Task.isCancelled { await Task.yield() }
            try await keyGuard.cleanUp()
        }
        cleaning.cancel()
        try await cleaning.value
        #expect(try strings("KEYS", "*") == [])
    }

    @Test func aPrivateDatabaseIsSimplyEmptied() async throws {
        try raw.call("SET", "whatever", "x")
        let keyGuard = try await makeGuard(ownsDatabase: true)
        try await keyGuard.begin(force: false)
        try await keyGuard.writeSubscriptions(of: workload)
        try await keyGuard.cleanUp()
        #expect(try integer("DBSIZE") == 0)
    }

    // MARK: - Support

    /// Greater than any process id of Linux.
    private static let noProcess: pid_t = 1 << 23

    private func makeGuard(ownsDatabase: Bool = false) async throws -> KeyGuard {
        let redis = try await TestRedis.open(url: server.url, executor: executor)
        return KeyGuard(
            connection: try await redis.connect(executor: executor), bus: bus, incoming: "bus_incoming",
            ownsDatabase: ownsDatabase)
    }

    private func element(_ sequence: Int) -> [UInt8] {
        var element: [UInt8] = []
        workload.append(sequence, stamp: stamp, to: &element)
        return element
    }

    /// Puts events on the incoming list, on a queue and into `failed`, as if a driver had come half-way.
    private func publishAndDeliver(_ count: Int) throws {
        let queue = workload.queues[0]
        try raw.call("SADD", bus.queues, queue)
        for sequence in 0..<count {
            for list in [bus.queue("bus_incoming"), bus.queue(queue), bus.failed] {
                try raw.call([Array("RPUSH".utf8), Array(list.utf8), element(sequence)])
            }
        }
    }

    private func replaceOwner(with mark: KeyMark) throws {
        try raw.call("SREM", bus.loadTest, KeyMark.owner(host: LocalHost.name, process: getpid()).text)
        try raw.call("SADD", bus.loadTest, mark.text)
    }

    /// The serialised value of every key.
    private func snapshot() throws -> [String: RawReply] {
        let keys = try strings("KEYS", "*")
        return Dictionary(
            uniqueKeysWithValues: try keys.map { key in
                let reading =
                    switch try raw.call("TYPE", key) {
                    case .status("list"): ["LRANGE", key, "0", "-1"]
                    case .status("set"): ["SORT", key, "ALPHA"]
                    case .status("zset"): ["ZRANGE", key, "0", "-1", "WITHSCORES"]
                    case .status("hash"): ["HGETALL", key]
                    default: ["GET", key]
                    }
                return (key, try raw.reply(to: reading))
            })
    }

    private func strings(_ words: String...) throws -> [String] { try raw.reply(to: words).strings }

    private func integer(_ words: String...) throws -> Int? {
        guard case .integer(let value) = try raw.reply(to: words) else { return nil }
        return value
    }
}

@Suite(.timeLimit(.minutes(1))) struct KeyMarkTests {
    @Test(arguments: [
        KeyMark.owner(host: "a b", process: 7), .application("x y"), .queue("q"), .queueName("bus_incoming"),
        .run("0a1b2c3d"), .driver(12), .present(key: "lt:stat:processed:h:1:*"), .shared,
    ])
    func readsWhatItWrote(_ mark: KeyMark) {
        #expect(KeyMark(mark.text) == mark)
    }

    @Test(arguments: ["", "owner", "owner x y", "driver x", "unknown mark"]) func refuses(_ text: String) {
        #expect(KeyMark(text) == nil)
    }
}
