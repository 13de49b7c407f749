import BusWire
import LibevExecutor
import RedisTestSupport

/// An invariant of protocol §6 does not hold.
struct Broken: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Everything between the drivers of a run and their Redis: it decides what arrives, and watches what that changes.
///
/// `@unchecked Sendable`: used on the loop only.
final class Network: @unchecked Sendable {
    let server: RedisServer
    let executor: LibevExecutor
    let keys = BusKeys()
    /// The test's own connection.
    private(set) var redis: RawRedis
    var chance: Chance
    var log = StepLog()
    /// What was exercised, by name.
    private(set) var counts: [String: Int] = [:]
    /// Grows whenever something happens, so that the model knows when the drivers have come to rest.
    var activity = 0
    var memoryIsFull = false
    /// Recoveries since suspicions were last forgiven.
    var recoveries = 0
    /// Whether the bytes of a control connection may come late: among them a heartbeat that brings a lease to life
    /// again.
    var controlIsDelayed = true
    /// Links whose client is gone and whose bytes still travel.
    private(set) var old: [SlowLink] = []
    private var broken: Broken?

    init(seed: UInt64, server: RedisServer, executor: LibevExecutor) throws {
        chance = Chance(seed: seed)
        self.server = server
        self.executor = executor
        redis = try server.connect()
    }

    func connect() throws -> RawRedis { try server.connect() }

    func count(_ name: String) { counts[name, default: 0] += 1 }

    /// Throws what broke where nothing could be thrown.
    func check() throws {
        if let broken { throw broken }
    }

    /// Waits until the model calls back. That it never does breaks the run, by name.
    func wait<Value: Sendable>(
        for event: String, _ start: (_ callBack: @escaping @Sendable (Result<Value, any Error>) -> Void) -> Void
    ) async throws -> Value {
        do {
            return try await executor.callback(event, of: Value.self, start)
        } catch let error as TestSupportError {
            broken = broken ?? Broken("\(error)")
            throw error
        }
    }

    // MARK: - Delivery

    /// Lets up to `count` commands reach Redis, and there be executed, one by one.
    func deliver(_ count: Int, on link: SlowLink) throws {
        for _ in 0..<count {
            guard let command = link.waiting.first else { return }
            // A peek at an empty list would hold up the test: it waits in the network instead.
            if command.name == "BLMOVE", try redis.call("LLEN", incoming).integer == 0 { return }
            try deliver(command, on: link)
        }
    }

    private func deliver(_ command: SlowLink.Command, on link: SlowLink) throws {
        let isFenced = try link.role == .lane && isGone(command.incarnation)
        let isWatched = link.role == .lane && (isFenced || memoryIsFull)
        let before = isWatched ? try digest() : ""
        let isScript = command.name.hasPrefix("EVAL") && !link.isQueueing
        guard let reply = try link.execute() else { return }
        note(command, reply, link)
        if isWatched, isFenced || reply.errorMessage != nil, try digest() != before {
            throw Broken(
                isFenced
                    ? "I4: \(command.name) of \(link.label) changed something after its id was recovered"
                    : "I7: \(command.name) of \(link.label) was refused and changed something")
        }
        if isScript, link.role == .lane, !memoryIsFull, chance.happens(10) { try deliverAgain(command) }
    }

    /// A claim or compare-and-set that arrives a second time changes nothing (I5). Where an equal event has come to the
    /// head, a compare-and-set hands that one over, which is right.
    private func deliverAgain(_ command: SlowLink.Command) throws {
        if case .bytes(let head) = try redis.call("LINDEX", incoming, "0"), command.bytes.contains(head) { return }
        let before = try digest()
        try redis.sendRaw(command.bytes)
        let reply = try redis.read()
        count("repeated")
        guard try digest() == before else { throw Broken("I5: a second \(command.name) was answered \(reply)") }
    }

    private func note(_ command: SlowLink.Command, _ reply: RawReply, _ link: SlowLink) {
        let answer =
            switch reply {
            case .error(let message): String(message.prefix { $0 != " " })
            case .array(let parts): parts.first?.string.map { String($0.prefix(10)) } ?? "[\(parts.count)]"
            case .null: "nil"
            default: String((reply.string ?? "\(reply.integer ?? 0)").prefix(10))
            }
        log.append("\(link.label) \(command.name) -> \(answer)")
        guard link.role == .lane else {
            if answer == "DONE" { recoveries += 1 }
            return
        }
        switch (command.name, reply) {
        case ("EXEC", .array): count("EXEC")
        case ("EXEC", _), ("EVALSHA", .error), ("EVAL", .error): count("\(command.name) \(answer)")
        case ("EVALSHA", .array(let parts)), ("EVAL", .array(let parts)):
            // A compare-and-set says how many events are left, a claim also how many it took.
            count(answer == "OK" && parts.count == 2 ? "swap OK" : answer)
        default: break
        }
    }

    // MARK: - Loss

    /// Decides what becomes of bytes that were on their way when their connection broke.
    func decideFate(of link: SlowLink) {
        guard !link.waiting.isEmpty else { return link.drop() }
        switch chance.number(0...99) {
        case ..<35:
            count("lost before")
            log.append("\(link.label) lost before")
            if chance.happens(50) {
                link.cut(at: chance.number(1...max(1, link.waiting[0].bytes.count - 1)))
            } else {
                link.drop()
            }
        case let fate where fate < 60 || link.role == .control && !controlIsDelayed:
            count("lost after")
            log.append("\(link.label) lost after")
            expire(link)
        default:
            count("delayed")
            log.append("\(link.label) delayed")
            old.append(link)
            if old.count > 12 { old.removeFirst().drop() }
        }
    }

    /// Bytes of a connection that is long gone arrive.
    func deliverLate(_ count: Int) throws {
        guard let link = chance.pick(old) else { return }
        self.count("late")
        try deliver(count, on: link)
        if link.waiting.isEmpty || chance.happens(20) {
            link.drop()
            old.removeAll { $0 === link }
        }
    }

    /// All that is late arrives.
    func deliverAllLate() throws {
        for link in old {
            try deliver(.max, on: link)
            link.drop()
        }
        old = []
    }

    private func expire(_ link: SlowLink) {
        do { try deliver(.max, on: link) } catch { broken = broken ?? Broken("\(error)") }
        link.drop()
    }

    // MARK: - Redis

    var incoming: String { keys.queue("bus_incoming") }

    func digest() throws -> String { try redis.call("DEBUG", "DIGEST").string ?? "" }

    private func isGone(_ incarnation: String?) throws -> Bool {
        guard let incarnation else { return false }
        return try redis.call("EXISTS", keys.driver(incarnation)).integer == 0
    }

    /// Redis dies and comes back with what its AOF holds; `damage` may shorten that. Nothing that was under way
    /// arrives.
    func restartServer(_ damage: () throws -> Void) throws {
        server.kill()
        for link in old { link.drop() }
        old = []
        try damage()
        try server.restart()
        redis = try server.connect()
    }
}
