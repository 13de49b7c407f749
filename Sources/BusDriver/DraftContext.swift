import BusWire

/// What a draft needs to know besides events and subscriptions.
struct DraftContext: Sendable {
    /// An event that was in flight at so many recoveries is a crash loop (protocol §2.5).
    static let mostRecoveries = 3

    /// Epoch seconds.
    var now: Int
    /// The worker as resque-web shows it.
    var worker: String
    /// The queue that is driven.
    var queue: String
    /// The queue that republished events go to.
    var publishQueue: String
    /// The list of that queue.
    var publishKey: String
    /// The list that entries of `failed` are pushed to.
    var failuresKey: String
    /// The lists whose wrong type cost a kept batch its entries: that one, and `failed` where another version drove.
    var failureKeys: Set<String>
    var host: String
    var uuid: @Sendable () -> String
    var localOffset: @Sendable (Int) -> Int

    /// An entry of `failed` that says why.
    func entry(_ poison: Poison, queue: String) -> FailureEntry {
        FailureEntry(
            failedAt: now, exception: poison.exception, message: poison.message, worker: worker, queue: queue)
    }
}

extension Poison {
    /// The list that it should go to is something else.
    static func wrongType(_ key: String) -> Poison {
        Poison(exception: "Redis::CommandError", message: "\(key) is not a list; remove that key, then retry")
    }

    /// Too many drivers died with this event in hand.
    static func crashLoop(_ recoveries: Int) -> Poison {
        Poison(
            exception: "BusDriver::CrashLoop",
            message:
                "\(recoveries) drivers died while they had this event in hand; retry it only when the cause is known")
    }
}
