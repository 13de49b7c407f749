package import RedisConnection

/// What was read of a bucket, under `WATCH`.
package enum BucketReading: Sendable {
    /// An array of the first items; empty when there are none.
    case items(RedisReply)
    /// The lock has another value, or none.
    case notLeader
    /// The bucket's key holds something else than a list.
    case notAList
    /// Redis refused to show it.
    case refused(RedisErrorReply)

    /// Reads the last three of these replies.
    package init(_ replies: RedisReplies, lock: SchedulerLock.Identity) {
        let (watch, holder, items) = (replies.count - 3, replies.count - 2, replies.count - 1)
        if let refusal = replies[watch].errorReply ?? replies[holder].refusal ?? replies[items].refusal {
            self = .refused(refusal)
        } else if replies[holder].bytes?.elementsEqual(lock.value.utf8) != true {
            self = .notLeader
        } else {
            self = replies[items].kind == .array ? .items(replies[items]) : .notAList
        }
    }
}

extension RedisReply {
    /// An error that is not about the type of a key.
    fileprivate var refusal: RedisErrorReply? { errorReply.flatMap { $0.kind == .wrongType ? nil : $0 } }
}

/// What became of a promotion.
package enum PromotionAnswer: Sendable, Equatable {
    /// It took effect, but for the items of these queues, by their place in ``Promotion/queues``, and perhaps for those
    /// that have failed: these keys are no lists, and the items have gone to the end of their bucket.
    case promoted(unusable: [Int], failed: Bool)
    /// It took effect, but the time of the empty bucket could not leave the schedule.
    case untidy(RedisErrorReply)
    /// The bucket or the lock was touched since it was read: nothing was moved.
    case changed
    /// Redis refused; nothing was moved.
    case refused(RedisErrorReply)

    /// Reads the first of these replies, those to `promotion`.
    package init(_ replies: RedisReplies, to promotion: Promotion) {
        let isMoving = promotion.count > 0
        let pushes = promotion.queues.count + (promotion.failed > 0 ? 1 : 0)
        let moves = isMoving ? promotion.count + 3 + pushes + (promotion.queues.isEmpty ? 0 : 1) : 0
        let exec = replies[moves + 2]
        guard exec.kind == .array else {
            // EXECABORT says only that something was refused; what, the first error among the queued commands says.
            self = exec.isNull ? .changed : .refused(replies.firstError ?? RedisErrorReply(message: "no reply to EXEC"))
            return
        }
        if let refusal = exec[moves].errorReply {
            self = .untidy(refusal)
            return
        }
        let numbers = isMoving ? exec[promotion.count + 1].elements.compactMap(\.integer) : []
        self = .promoted(
            unusable: numbers.map { $0 - 1 }.filter { $0 < promotion.queues.count },
            failed: numbers.contains(promotion.queues.count + 1))
    }
}
