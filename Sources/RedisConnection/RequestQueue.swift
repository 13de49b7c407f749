import DequeModule

/// What the sender of a pipeline wants to hear once.
typealias RequestCompletion = @Sendable (Result<RedisReplies, RedisError>) -> Void

/// The pipelines without all of their replies, oldest first. Replies come in the order of the requests.
///
/// Requests have numbers that are never used again, not even by a later connection of the same queue. The number is all
/// that hiredis is given to hold, so whatever it calls back with, late or twice, can at worst name a request that is no
/// longer there.
struct RequestQueue {
    struct Request {
        var repliesDue: Int
        /// Monotonic time in nanoseconds.
        let deadline: UInt64
        let completion: RequestCompletion
    }

    enum Outcome {
        case stale
        case incomplete
        case complete(RequestCompletion)
    }

    private var requests: Deque<Request> = []
    /// The number of the first request. Never 0, which would be a null pointer to hiredis.
    private(set) var oldest: UInt = 1

    var isEmpty: Bool { requests.isEmpty }

    var oldestDeadline: UInt64? { requests.first?.deadline }

    /// Appends a request and returns its number.
    mutating func append(_ request: Request) -> UInt {
        requests.append(request)
        return oldest + UInt(requests.count - 1)
    }

    /// Notes one reply to request `number`.
    mutating func receiveReply(to number: UInt) -> Outcome {
        guard number == oldest, !isEmpty else { return .stale }
        requests[0].repliesDue -= 1
        guard requests[0].repliesDue == 0 else { return .incomplete }
        oldest += 1
        return .complete(requests.removeFirst().completion)
    }

    /// Empties the queue and returns the completions of what was in it, oldest first.
    mutating func removeAll() -> [RequestCompletion] {
        let completions = requests.map(\.completion)
        oldest += UInt(completions.count)
        requests.removeAll(keepingCapacity: true)
        return completions
    }
}
