import BusProtocol

/// Which jobs of which batches this rider still has reserved, as a pure value: where each stands in its list right now.
struct ReservedBatches {
    fileprivate struct Batch {
        let queue: String
        /// For each place as claimed, whether the job is still in the list.
        var isThere: [Bool]
        var count: Int
    }

    private var batches: [Int: Batch] = [:]

    /// Jobs in all lists.
    private(set) var jobCount = 0

    /// A batch was claimed.
    mutating func add(_ sequence: Int, from queue: String, count: Int) {
        guard count > 0 else { return }
        batches[sequence] = Batch(queue: queue, isThere: Array(repeating: true, count: count), count: count)
        jobCount += count
    }

    /// The queues that the batches came from.
    var queues: [Int: String] { batches.mapValues(\.queue) }

    /// Whether jobs of a batch are left.
    func holds(_ sequence: Int) -> Bool { batches[sequence] != nil }

    /// Takes jobs out of the lists, into a settlement.
    ///
    /// - Parameters:
    ///   - done: jobs that succeeded.
    ///   - failed: jobs that failed, each with what that leads to.
    ///   - back: jobs that go back to their queues.
    mutating func remove(
        done: [JobTicket], failed: [(ticket: JobTicket, consequence: Settlement.Consequence)], back: [JobTicket],
        into settlement: inout Settlement
    ) {
        var shares: [Int: (done: [Int], failed: [Int], back: [Int])] = [:]
        for ticket in done { shares[ticket.batch, default: ([], [], [])].done.append(ticket.place) }
        for (number, failure) in failed.enumerated() {
            shares[failure.ticket.batch, default: ([], [], [])].failed.append(number)
        }
        for ticket in back { shares[ticket.batch, default: ([], [], [])].back.append(ticket.place) }

        for (sequence, share) in shares.sorted(by: { $0.key > $1.key }) {
            guard var batch = batches[sequence] else { preconditionFailure("a job of a batch that is gone") }
            let places = batch.presentPlaces
            let number = settlement.batches.count
            settlement.batches.append(
                Settlement.Batch(
                    sequence: sequence, queue: batch.queue, count: batch.count,
                    done: share.done.map { places[$0] }.sorted(), back: share.back.map { places[$0] }.sorted()))
            for failure in share.failed {
                settlement.failures.append(
                    Settlement.Failure(
                        batch: number, place: places[failed[failure].ticket.place],
                        consequence: failed[failure].consequence))
                batch.take(failed[failure].ticket.place)
            }
            for place in share.done + share.back { batch.take(place) }
            batches[sequence] = batch
            jobCount -= share.done.count + share.failed.count + share.back.count
        }
    }

    /// A failed job that a settlement has left in its list.
    mutating func restore(_ ticket: JobTicket) {
        batches[ticket.batch]?.isThere[ticket.place] = true
        batches[ticket.batch]?.count += 1
        jobCount += 1
    }

    /// The last settlement is made: lists that it has emptied are gone.
    mutating func forgetEmptyLists() {
        batches = batches.filter { $0.value.count > 0 }
    }
}

extension ReservedBatches.Batch {
    /// For each place as claimed, the place in the list now.
    fileprivate var presentPlaces: [Int] {
        var next = 0
        return isThere.map { isThere in
            defer { if isThere { next += 1 } }
            return next
        }
    }

    fileprivate mutating func take(_ place: Int) {
        precondition(isThere[place], "a job is settled twice")
        isThere[place] = false
        count -= 1
    }
}
