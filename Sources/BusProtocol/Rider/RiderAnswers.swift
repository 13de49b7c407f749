package import RedisConnection

/// What the claim script of riders said (see `claim_jobs.lua`).
package enum JobClaimAnswer: Sendable, Equatable {
    /// Jobs of this queue were reserved, and `left` wait in it. `recoveries` is nil in peace; for a job that must run
    /// alone it tells how often it was in hand when a rider died.
    case claimed(queue: String, left: Int, recoveries: Int?)
    /// This batch was claimed before; what is left of it is in its list. `recoveries` as above.
    case replay(queue: String, recoveries: Int?)
    /// No queue has a job. Some may not be lists.
    case empty(unusable: [String])
    /// `pause-all-workers` says so.
    case paused
    /// The next job is suspected of killing riders: it runs when nothing else is in hand.
    case alone
    /// The head of this queue is too large to be loaded; it must be set aside.
    case oversized(queue: String)
    /// The rider was recovered: it needs a new id.
    case fenced
    /// History was rolled back.
    case gap
    /// The record says this, which no rider wrote; nil when it is no hash.
    case unbelieved([UInt8]?)
    /// Redis refused; nothing was moved.
    case refused(RedisErrorReply)

    /// Reads the script's reply.
    package init(_ reply: RedisReply) {
        if let refusal = reply.errorReply {
            self = .refused(refusal)
            return
        }
        let words = reply.elements
        let queue = words.count > 1 ? words[1].string ?? "" : ""
        switch words.first?.string {
        case "OK":
            self = .claimed(
                queue: queue, left: words[2].integer ?? 0, recoveries: words.count > 3 ? words[3].integer : nil)
        case "REPLAY": self = .replay(queue: queue, recoveries: words.count > 2 ? words[2].integer : nil)
        case "EMPTY": self = .empty(unusable: words.dropFirst().compactMap(\.string))
        case "PAUSED": self = .paused
        case "ALONE": self = .alone
        case "OVERSIZED": self = .oversized(queue: queue)
        case "GAP": self = .gap
        case "UNBELIEVED": self = .unbelieved(words.count > 1 ? words[1].bytes : nil)
        // Whatever else the server says, a new registration is the safe answer.
        default: self = .fenced
        }
    }
}

/// What the settlement script said (see `settle_jobs.lua`).
package enum SettlementAnswer: Sendable, Equatable {
    /// It took effect, now or when its answer was lost. Some jobs stay reserved because a key has another type: these
    /// failures, by their place in the settlement, and those that were to go back of these batches, by theirs.
    case settled(failures: [Int], batches: [Int])
    /// The rider was recovered: its jobs are somebody else's.
    case fenced
    /// History was rolled back.
    case gap
    /// The record says this, which no rider wrote; nil when it is no hash.
    case unbelieved([UInt8]?)
    /// Redis refused; nothing was done.
    case refused(RedisErrorReply)

    /// Reads the script's reply to a settlement.
    ///
    /// What stayed a record tells when the answer was lost: a place that the settlement does not have nobody can have
    /// noted.
    package init(_ reply: RedisReply, to settlement: Settlement) {
        if let refusal = reply.errorReply {
            self = .refused(refusal)
            return
        }
        let words = reply.elements
        switch words.first?.string {
        case "DONE":
            let staying = words.dropFirst().compactMap(\.integer)
            let places = -settlement.batches.count...settlement.failures.count
            guard staying.allSatisfy({ $0 != 0 && places.contains($0) }), Set(staying).count == staying.count else {
                self = .unbelieved(Array(staying.map(String.init).joined(separator: " ").utf8))
                return
            }
            self = .settled(
                failures: staying.filter { $0 > 0 }.map { $0 - 1 }, batches: staying.filter { $0 < 0 }.map { -$0 - 1 })
        case "GAP": self = .gap
        case "UNBELIEVED": self = .unbelieved(words.count > 1 ? words[1].bytes : nil)
        default: self = .fenced
        }
    }
}
