import RedisConnection

/// A Lua script of the protocol: its text as it stands in `Scripts/`, whose header tells KEYS, ARGV, answers, cost and fence.
///
/// A script is called by digest and, after a `NOSCRIPT`, by text. Inside a `MULTI` only the text is safe: a digest that the
/// server has forgotten would fail alone while the commands around it take effect.
public struct Script: Sendable, Hashable {
    /// The name of its file, without `.lua`.
    public let name: String
    /// The text that `EVAL` takes.
    public let text: String

    /// A script that writes at most once, or asks for itself.
    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// A script that asks with `refusal()` of `Scripts/ask_first.lua` before its first write.
    init(_ name: String, asking bytes: [UInt8]) {
        self.init(name, PackageResources.ask_first_lua + bytes)
    }

    /// Scripts are told apart by name; comparing and hashing the texts for every call would cost more than the call.
    public static func == (left: Script, right: Script) -> Bool { left.name == right.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// Gives a driver or a rider its record and its lease.
    public static let register = Script("register", asking: PackageResources.register_lua)
    /// Renews both halves of a lease.
    public static let heartbeat = Script("heartbeat", asking: PackageResources.heartbeat_lua)
    /// Notes whether a signal has paused a driver or a rider.
    public static let markPause = Script("mark_pause", PackageResources.mark_pause_lua)
    /// Moves the next batch to an in-flight list.
    public static let claim = Script("claim", PackageResources.claim_lua)
    /// Judges a batch, as the last command but one of its `MULTI`.
    public static let fin = Script("fin", PackageResources.fin_lua)
    /// Hands over what a batch owes that `fin` kept, and ends it.
    public static let mend = Script("mend", asking: PackageResources.mend_lua)
    /// Clears the suspicion against a batch.
    public static let absolve = Script("absolve", PackageResources.absolve_lua)
    /// Gives back what a dead driver held.
    public static let recover = Script("recover", asking: PackageResources.recover_lua)
    /// Moves entries that wait to the lists of failures.
    public static let moveFailures = Script("move_failures", PackageResources.move_failures_lua)
    /// Replaces the head of the incoming list by its copies.
    public static let swap = Script("swap", PackageResources.swap_lua)

    /// Moves an event that is too large to be loaded to a list of its own.
    public static let setAside = Script("set_aside", asking: PackageResources.set_aside_lua)

    /// Moves the next jobs to a reserved list.
    public static let claimJobs = Script("claim_jobs", PackageResources.claim_jobs_lua)
    /// Draws the consequences of jobs that have ended.
    public static let settleJobs = Script("settle_jobs", PackageResources.settle_jobs_lua)
    /// Gives back what a dead rider had reserved.
    public static let recoverRider = Script("recover_rider", asking: PackageResources.recover_rider_lua)

    /// Makes a scheduler the leader.
    public static let takeLock = Script("take_lock", PackageResources.take_lock_lua)
    /// Lets it lead on.
    public static let renewLock = Script("renew_lock", PackageResources.renew_lock_lua)
    /// Lets the next one lead.
    public static let releaseLock = Script("release_lock", PackageResources.release_lock_lua)

    /// What a driver calls, for the start-up self-test and `doctor`.
    public static let ofDrivers = [
        register, heartbeat, claim, fin, mend, absolve, recover, swap, setAside, moveFailures,
    ]
    /// What a rider calls.
    public static let ofRiders = [register, heartbeat, claimJobs, settleJobs, recoverRider, setAside, moveFailures]
    /// What a scheduler calls often enough to have it loaded.
    public static let ofSchedulers = [fire, noteSlot]
    /// Every one.
    package static let all = [
        register, heartbeat, markPause, claim, fin, mend, absolve, recover, moveFailures, swap, setAside, claimJobs,
        settleJobs, recoverRider, takeLock, renewLock, releaseLock, spareUnusable, setAsideDelayed, tidyBucket, fire,
        noteSlot, publishHeartbeats, putSubscription, changeFailures, runDelayed, enqueueOnce,
    ]
}
