import BusOperations
import BusProtocol
import BusWire
import RedisConnection

/// Where things wait for their time: Redis, or what stands for it.
protocol DelayedStore {
    func nextTime() async throws(RedisError) -> Int?
    func dueTimes(after time: Int?, count: Int) async throws(RedisError) -> [DelayedQueue.DueTime]
    func count() async throws(RedisError) -> Int
    func jobs(at time: Int, from start: Int, count: Int) async throws(RedisError) -> [DelayedRecord]
    func times(of payload: JobPayload, on queue: String) async throws(RedisError) -> [Int]
    func remove(_ payload: JobPayload, on queue: String) async throws(RedisError) -> Int
    func remove(at time: Int?, where isMeant: (DelayedRecord) -> Bool) async throws(RedisError) -> Int
    func run(_ payload: JobPayload, on queue: String) async throws(RedisError) -> Int
    func run(at time: Int?, where isMeant: (DelayedRecord) -> Bool) async throws(RedisError) -> Int
}

extension DelayedQueue: DelayedStore {}

/// The same over what a ``LocalTransport`` shows.
struct TransportDelayedStore: DelayedStore {
    let delayed: LocalTransport.Delayed

    func nextTime() async -> Int? { await delayed.all().first?.time }

    func dueTimes(after time: Int?, count: Int) async -> [DelayedQueue.DueTime] {
        var found: [DelayedQueue.DueTime] = []
        for job in await jobs() where time.map({ job.time > $0 }) ?? true {
            let known = found.last?.time == job.time ? found.removeLast().count : 0
            found.append(.init(time: job.time, count: known + 1))
        }
        return Array(found.prefix(count))
    }

    func count() async -> Int { await delayed.all().count }

    func jobs(at time: Int, from start: Int, count: Int) async -> [DelayedRecord] {
        Array(await jobs().filter { $0.time == time }.dropFirst(start).prefix(count))
    }

    func times(of payload: JobPayload, on queue: String) async -> [Int] {
        var times: [Int] = []
        for job in await jobs() where job.isExactly(payload, on: queue) && job.time != times.last {
            times.append(job.time)
        }
        return times
    }

    func remove(_ payload: JobPayload, on queue: String) async -> Int {
        await remove(at: nil) { $0.isExactly(payload, on: queue) }
    }

    func remove(at time: Int?, where isMeant: (DelayedRecord) -> Bool) async -> Int {
        await take(at: time, running: false, where: isMeant)
    }

    func run(_ payload: JobPayload, on queue: String) async -> Int {
        await run(at: nil) { $0.isExactly(payload, on: queue) }
    }

    func run(at time: Int?, where isMeant: (DelayedRecord) -> Bool) async -> Int {
        await take(at: time, running: true) { $0.payload != nil && isMeant($0) }
    }

    private func take(
        at time: Int?, running: Bool, where isMeant: (DelayedRecord) -> Bool
    ) async -> Int {
        let meant = await delayed.all().filter { element in
            let job = DelayedRecord(element)
            return (time == nil || job.time == time) && isMeant(job)
        }
        return await delayed.take(meant, running)
    }

    private func jobs() async -> [DelayedRecord] { await delayed.all().map(DelayedRecord.init) }
}

extension DelayedRecord {
    fileprivate init(_ element: LocalTransport.Element) {
        self.init(time: element.time ?? 0, bytes: element.bytes)
    }

    fileprivate func isExactly(_ payload: JobPayload, on queue: String) -> Bool {
        (try? payload.encoded(waitingFor: queue)) == bytes
    }
}
