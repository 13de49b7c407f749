package import BusProtocol
package import BusWire
package import RedisConnection

/// The lists of failures: count, read, retry and remove their entries.
///
/// They are `failed` and, where Resque's RedisMultiQueue is or was in use, one for each queue, which `failed_queues`
/// names. Entries are named by their bytes, never by their place: others may remove entries at the same time.
package struct FailureLists: Sendable {
    /// One of the lists.
    package struct List: Sendable, Hashable {
        /// Without the namespace: `failed`, or `<queue>_failed`.
        package let name: String
        /// How many entries it has.
        package let length: Int

        /// The queue whose failures RedisMultiQueue keeps in it; nil for `failed`.
        package var queue: String? {
            name == BusKeys.failedName ? nil : String(name.dropLast(BusKeys.failedName(of: "").count))
        }
    }

    let connection: any RedisClient
    let bus: BusKeys

    /// What is removed from a page takes Redis a walk through the list, so pages of small entries grow: up to so many
    /// entries, of so many bytes in all.
    private static let (mostOfLargePage, mostBytesOfLargePage) = (512, 1 << 20)

    /// Of some thousand keys each.
    private static let mostScannedPages = 200

    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// `failed`, then those of RedisMultiQueue by name.
    package func lists() async throws(RedisError) -> [List] {
        let members = try await connection.call("SMEMBERS", bus.failedQueues).elements.compactMap(\.string)
        let names = [BusKeys.failedName] + members.filter(Self.isList).sorted()
        var lists: [List] = []
        for name in names {
            lists.append(List(name: name, length: try await connection.call("LLEN", bus.key(name)).integer ?? 0))
        }
        return lists
    }

    /// Whether failures may be in it, whatever somebody has put into the set: no queue, nothing of ours.
    private static func isList(_ name: String) -> Bool {
        name.hasSuffix(BusKeys.failedName(of: ""))
            && !["queue:", "delayed:", "busdriver:"].contains(where: name.hasPrefix)
    }

    /// How many entries there are.
    package func count() async throws(RedisError) -> Int {
        try await lists().reduce(0) { $0 + $1.length }
    }

    /// How many jobs have failed and wait for a retry, as resque-retry keeps them (contract §8), and whether these are
    /// all: a large keyspace is not walked to its end.
    package func waitingForRetry() async throws(RedisError) -> (count: Int, isAll: Bool) {
        var found: Set<String> = []
        var rest = Self.mostScannedPages
        try await connection.scanKeys(beginningWith: bus.failedRetriesPrefix) { keys in
            found.formUnion(keys)
            rest -= 1
            return rest > 0
        }
        return (found.count, rest > 0)
    }

    // MARK: - Reading

    /// Entries from a place on, as if the lists were one: of each the oldest first; fewer than asked for at the end.
    package func entries(from start: Int, count: Int) async throws(RedisError) -> [FailureRecord] {
        var (start, count) = (start, count)
        var entries: [FailureRecord] = []
        for list in try await lists() {
            let taken = max(0, min(list.length - start, count))
            if taken > 0 { entries += try await self.entries(of: list, from: start, count: taken) }
            start = max(0, start - list.length)
            count -= taken
        }
        return entries
    }

    /// Entries of one list from a place on, oldest first; fewer than asked for at its end.
    package func entries(of list: List, from start: Int, count: Int) async throws(RedisError) -> [FailureRecord] {
        let key = bus.key(list.name)
        // Many are read from the beginning, to see which of them are equal; a few are looked for.
        let first = count > ListPage.size ? 0 : start
        let elements = try await connection.elements(ofList: key, from: first, count: count + start - first)
        var seen = Occurrences()
        guard first > 0, !elements.isEmpty else {
            let records = elements.enumerated().map { seen.record($1, in: list, at: $0) }
            return Array(records.dropFirst(start - first))
        }
        var pipeline = RedisPipeline()
        for element in elements {
            pipeline.begin(argumentCount: 7)
            pipeline.argument("LPOS")
            pipeline.argument(key)
            element.withUnsafeBytes { pipeline.argument(bytes: $0) }
            for word in ["COUNT", "0", "MAXLEN", String(first)] { pipeline.argument(word) }
        }
        let earlier = try await connection.send(pipeline)
        return elements.enumerated().map { seen.record($1, in: list, at: first + $0, behind: earlier[$0].count) }
    }

    /// The last entries of all lists, the newest last.
    package func newest(_ count: Int) async throws(RedisError) -> [FailureRecord] {
        var entries: [FailureRecord] = []
        for list in try await lists() where list.length > 0 {
            entries += try await self.entries(of: list, from: max(0, list.length - count), count: count)
        }
        return entries.newest(count)
    }

    /// Calls `body` for all entries, oldest first, a page of one list after the other.
    ///
    /// - Parameter body: says how many of the page are still in the list afterwards.
    package func visit(_ body: ([FailureRecord]) async throws(RedisError) -> Int) async throws(RedisError) {
        for list in try await lists() {
            var rest = list.length
            var start = 0
            var size = ListPage.size
            var seen = Occurrences()
            while rest > 0 {
                let page = try await connection.elements(
                    ofList: bus.key(list.name), from: start, count: min(rest, size))
                if page.isEmpty { break }
                rest -= page.count
                let isSmall = page.reduce(0) { $0 + $1.count } < Self.mostBytesOfLargePage / 2
                size = isSmall ? min(2 * size, Self.mostOfLargePage) : ListPage.size
                start += try await body(page.enumerated().map { seen.record($1, in: list, at: start + $0) })
            }
        }
    }

    /// Tells equal entries of one list apart while it is read from its beginning.
    private struct Occurrences {
        private var counts: [String: Int] = [:]

        /// - Parameter earlier: how many equal ones stand before all that were read.
        mutating func record(_ bytes: [UInt8], in list: List, at place: Int, behind earlier: Int = 0) -> FailureRecord {
            var record = FailureRecord(list: list.name, index: place, bytes: bytes)
            let count = counts[record.digest, default: earlier] + 1
            counts[record.digest] = count
            record.occurrence = count
            return record
        }
    }

    // MARK: - Removing all

    /// Removes every entry, and says how many there were. The lists of what was too large for an entry go in the same
    /// step, since nothing names them any more; to find them takes a walk through the keyspace.
    package func clear() async throws(RedisError) -> Int {
        var oversized: Set<String> = []
        try await connection.scanKeys(beginningWith: bus.oversizedPrefix) { keys in
            oversized.formUnion(keys)
            return true
        }
        // Entries that still wait to be moved name such lists as well.
        var move = RedisPipeline()
        move.appendMoveOfFailures(bus: bus)
        if try await connection.sendChecked(move)[0].integer ?? 0 > 0 { oversized = [] }

        let lists = try await lists().filter { $0.length > 0 }.map { bus.key($0.name) }
        guard !lists.isEmpty else { return 0 }
        var pipeline = RedisPipeline()
        pipeline.append("MULTI")
        for list in lists { pipeline.append("LLEN", list) }
        pipeline.append(["DEL"] + lists + oversized)
        pipeline.append("EXEC")
        let lengths = try await connection.sendChecked(pipeline)[lists.count + 2].elements.prefix(lists.count)
        return lengths.reduce(0) { $0 + ($1.integer ?? 0) }
    }
}

extension [FailureRecord] {
    /// The last ones, the newest last. The order within a list is kept; where there are several, the time that entries
    /// give decides between them.
    package func newest(_ count: Int) -> [FailureRecord] {
        let hasOneList = allSatisfy { $0.list == first?.list }
        // Stable.
        return (hasOneList ? self : sorted { $0.failedAt < $1.failedAt }).suffix(count)
    }
}
