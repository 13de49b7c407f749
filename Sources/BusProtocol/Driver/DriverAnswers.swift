package import RedisConnection

/// What the claim script said (see `claim.lua`).
package enum ClaimAnswer: Sendable, Equatable {
    /// Events were moved, and `left` wait. `recoveries` is nil unless the batch is one event that is suspected of
    /// killing drivers; then it tells how often that was in flight at a recovery.
    case claimed(events: Int, left: Int, recoveries: Int?)
    /// This batch was claimed before; what is left of it is in its list. `recoveries` as above.
    case replay(recoveries: Int?)
    /// The next event is suspected of killing drivers: it is claimed when no other batch is in hand.
    case alone
    /// The incoming list is empty.
    case empty
    /// The head of the list is too large to be loaded; it must be set aside.
    case oversized
    /// The driver was recovered: it needs a new id.
    case fenced
    /// A commit that was believed done never happened.
    case back
    /// History was rolled back by more than a batch.
    case gap
    /// The record says this, which no driver wrote; nil when it is no hash.
    case unbelieved([UInt8]?)
    /// Redis refused; nothing was moved.
    case refused(RedisErrorReply)

    /// Reads the script's reply.
    package init(_ reply: RedisReply) {
        if let refusal = reply.errorReply {
            self = .refused(refusal)
            return
        }
        switch reply.count > 0 ? reply[0].string : nil {
        case "OK":
            self = .claimed(
                events: reply[1].integer ?? 0, left: reply[2].integer ?? 0,
                recoveries: reply.count > 3 ? reply[3].integer : nil)
        case "REPLAY": self = .replay(recoveries: reply.count > 1 ? reply[1].integer : nil)
        case "ALONE": self = .alone
        case "EMPTY": self = .empty
        case "OVERSIZED": self = .oversized
        case "BACK": self = .back
        case "GAP": self = .gap
        case "UNBELIEVED": self = .unbelieved(reply.count > 1 ? reply[1].bytes : nil)
        // Whatever else the server says, a new registration is the safe answer.
        default: self = .fenced
        }
    }
}

/// What became of a commit's `EXEC`.
package enum CommitAnswer: Sendable, Equatable {
    /// It took effect. `refusals` are error replies of single commands; `isKept` says that `fin` kept the batch for the
    /// janitor; `waiting` entries cannot move on to `failed`, since that is no list.
    case committed(refusals: [RedisErrorReply], isKept: Bool, waiting: Int)
    /// Nothing took effect: the batch was touched, or a command was refused when it was queued.
    case aborted(RedisErrorReply?)

    /// Reads the replies of a whole commit, `EXEC` last.
    ///
    /// - Parameter movesFailures: as the commit says.
    package init(_ replies: RedisReplies, movesFailures: Bool = false) {
        let exec = replies[replies.count - 1]
        guard exec.kind == .array else {
            // EXECABORT says only that something was refused; what, the first error among the queued commands says.
            self = .aborted(replies.firstError)
            return
        }
        let refusals = exec.elements.compactMap(\.errorReply)
        let last = exec.count - 1
        self = .committed(
            refusals: refusals, isKept: exec[movesFailures ? last - 2 : last - 1].kind == .array,
            waiting: movesFailures ? exec[last].integer ?? 0 : 0)
    }
}

/// What came of setting aside what is too large to be loaded (see `set_aside.lua`).
package enum SetAsideAnswer: Sendable, Equatable {
    /// It is in a list of its own, and the number of the batch is used up. So many entries cannot move on to `failed`.
    case moved(waiting: Int)
    /// Nothing happened: the next claim tells why.
    case declined
    /// Redis refused; nothing happened.
    case refused(RedisErrorReply)

    /// Reads the two replies.
    package init(_ replies: RedisReplies) {
        if let refusal = replies[0].errorReply {
            self = .refused(refusal)
        } else if replies[0].string == "OK" {
            self = .moved(waiting: replies[1].integer ?? 0)
        } else {
            self = .declined
        }
    }
}

/// What the compare-and-set script said (see `swap.lua`).
package enum SwapAnswer: Sendable, Equatable {
    /// The event was handed over; so many are left in the list.
    case swapped(left: Int)
    /// Nothing happened: claim instead, and the claim tells why.
    case declined(String)
    /// Redis refused; nothing happened.
    case refused(RedisErrorReply)

    /// Reads the script's reply.
    package init(_ reply: RedisReply) {
        if let refusal = reply.errorReply {
            self = .refused(refusal)
        } else if reply.count == 2 {
            self = .swapped(left: reply[1].integer ?? 0)
        } else {
            self = .declined(reply[0].string ?? "")
        }
    }
}
